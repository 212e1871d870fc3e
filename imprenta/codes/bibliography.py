"""The codes of references.bib as a file: its encoding, its syntax, its keys."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

BIBLIOGRAPHY = Family(
    "La escritura de references.bib",
    {
        "bib-codificacion": Code(
            "references.bib no está en UTF-8",
            "Las tildes y las eñes de autores y títulos se leerían mal. Vuelva a guardarlo como UTF-8.",
            bad="author = {Mu�oz, Ana},",
            good="author = {Muñoz, Ana},",
            language="bibtex",
        ),
        "bib-no-es-bib": Code(
            "references.bib no contiene entradas",
            "El archivo es de otra clase (una página web, RIS, JSON…). Exporte la bibliografía como BibLaTeX.",
            bad="TY  - BOOK\nTI  - Caudales\nER  -",
            good="@book{ruiz2020,\n  author = {Ruiz, Ana},\n  title  = {Caudales},\n  date   = {2020},\n}",
            language="bibtex",
        ),
        "bib-sintaxis": Code(
            "una entrada está mal escrita",
            "Una entrada es @tipo{clave, campo = {valor}, …}. Lo que no tiene esa forma hace que biber pierda "
            "el campo o la entrada.",
            bad="title  = {Caudales} del río,",
            good="title  = {Caudales del río},",
            language="bibtex",
        ),
        "bib-llaves": Code(
            "las llaves de una entrada no casan",
            "Una llave que falta se traga los campos y las entradas que siguen; una que sobra los deja fuera.",
            bad="title  = {Caudales,",
            good="title  = {Caudales},",
            language="bibtex",
        ),
        "bib-falta-coma": Code(
            "falta una coma entre dos campos o tras la clave",
            "Sin ella biber pierde el campo que sigue. Cada campo acaba en coma.",
            bad="title  = {Caudales}\n  date   = {2020},",
            good="title  = {Caudales},\n  date   = {2020},",
            language="bibtex",
        ),
        "bib-texto-suelto": Code(
            "hay texto fuera de las entradas que parece una de ellas",
            "Lo que está fuera de las entradas no se lee. Si es una entrada, corrija su principio; "
            "si es un comentario, empiece la línea con «%».",
            bad="book{soto2021,",
            good="@book{soto2021,",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-preambulo": Code(
            "references.bib lleva un «@preamble»",
            "Es código de LaTeX, y nada de references.bib se ejecuta. Bórrelo; las órdenes que definía no valen.",
            bad='@preamble{"\\newcommand{\\revista}{Cauces}"}',
            good='@string{revista = "Cauces"}',
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-cadena-desconocida": Code(
            "se usa una abreviatura que no está definida",
            "Una palabra sin llaves es una abreviatura de @string. Si es texto, póngala entre llaves.",
            bad="publisher = edisur,",
            good="publisher = {Edisur},",
            language="bibtex",
        ),
        "bib-sin-clave": Code(
            "una entrada no tiene clave",
            "Sin clave no se puede citar. Escríbala tras la llave que abre, y una coma.",
            bad="@book{author = {Soto, Luis},",
            good="@book{soto2021, author = {Soto, Luis},",
            language="bibtex",
        ),
        "bib-clave-mala": Code(
            "una clave tiene signos que no se admiten",
            "Una clave lleva letras, cifras, «-», «_», «:», «.» y «/», sin espacios: así se puede citar.",
            bad="@book{soto 2021,",
            good="@book{soto-2021,",
            language="bibtex",
        ),
        "bib-clave-repetida": Code(
            "dos entradas tienen la misma clave",
            "biber solo lee la primera, y la cita llevaría a otra obra. Dé otra clave a una o borre la que sobra.",
            bad="@book{ruiz2020, author = {Soto, Luis}, title = {Crecidas}, date = {2021}}",
            good="@book{soto2021, author = {Soto, Luis}, title = {Crecidas}, date = {2021}}",
            language="bibtex",
        ),
        "bib-clave-parecida": Code(
            "dos claves solo se distinguen en mayúsculas",
            "Es fácil citar la que no es. Dé otra clave a una de las dos.",
            bad="@book{Ruiz2020, author = {Soto, Luis}, title = {Crecidas}, date = {2021}}",
            good="@book{soto2021, author = {Soto, Luis}, title = {Crecidas}, date = {2021}}",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-campo-repetido": Code(
            "una entrada tiene dos veces el mismo campo",
            "biber se queda con el último sin avisar. Deje el que corresponde.",
            bad="title  = {Caudales},\n  title  = {Crecidas},",
            good="title  = {Caudales},",
            language="bibtex",
        ),
    },
)
