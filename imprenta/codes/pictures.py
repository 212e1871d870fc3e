"""The codes of the pictures that authors bring."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

PICTURES = Family(
    "Las imágenes",
    {
        "imagen-ilegible": Code(
            "una imagen está vacía, dañada o protegida",
            "LaTeX no podría leerla. Cópiela o guárdela otra vez desde el original; de un PDF con contraseña, guarde "
            "una copia sin ella.",
            bad="imagen: cortada.png",
            good="imagen: croquis.png",
        ),
        "imagen-no-admitida": Code(
            "una imagen es de un tipo que no se puede poner",
            "El tipo lo dice el contenido del archivo, no su nombre. Se ponen PNG, JPEG, PDF, SVG (con el programa "
            "rsvg-convert), WebP, GIF, TIFF, BMP y AVIF.",
            bad="imagen: foto.heic",
            good="imagen: foto.jpg",
        ),
        "imagen-incompleta": Code(
            "de una imagen no sale una parte",
            "El archivo tiene más de una página o cuadro, o un SVG toma textos o imágenes de fuera. Diga con «pagina» "
            "la que se pone, o guarde la imagen de modo que lo lleve todo.",
            bad="imagen: plano.pdf",
            good="imagen: plano.pdf\npagina: 2",
            severity=Severity.WARNING,
        ),
        "imagen-fuera-de-norma": Code(
            "una imagen lleva algo que no admite la norma que «conformidad» pide",
            "El PDF diría que cumple la norma y no la cumpliría. PDF/UA y PDF/A piden que un PDF lleve dentro sus "
            "letras; PDF/A, que los colores sean de pantalla (RGB) y no de imprenta (CMYK). Guarde la imagen de otro "
            "modo.",
            bad="imagen: plano.pdf",
            good="imagen: croquis.png",
        ),
    },
)
