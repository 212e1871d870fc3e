"""The codes of templates, LaTeX and biber: what only a build can find."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

BUILDING = Family(
    "Las plantillas y la composición",
    {
        "plantilla-mal-escrita": Code(
            "una plantilla tiene una orden de Jinja mal escrita",
            "Se señala la línea en que Jinja dejó de entender. Suele faltar un «endif» o un «endfor».",
            bad="\\BLOQUE{ if seccion.enunciado }\nEncargo.",
            good="\\BLOQUE{ if seccion.enunciado }\nEncargo.\n\\BLOQUE{ endif }",
            language="latex",
        ),
        "plantilla-desconocida": Code(
            "una plantilla incluye otra que no existe",
            "Se busca en templates/ del informe y después entre las de Imprenta.",
            bad='\\BLOQUE{ include "recuadros" }',
            good='\\BLOQUE{ include "recuadro" }',
            language="latex",
        ),
        "plantilla-fallida": Code(
            "una plantilla falló al rellenarse",
            "Jinja entendió la plantilla, pero una operación no se puede hacer con los datos que recibe.",
            bad="\\VALOR{ 1 / 0 }",
            good="\\VALOR{ 1 / 2 }",
            language="latex",
        ),
        "plantilla-incompleta": Code(
            "a una plantilla propia le falta lo que Imprenta usa",
            "Lo que define una plantilla de Imprenta lo usan las demás y lo que sale de los datos. La copia de una "
            "versión anterior no tiene lo que vino después: copie la de ahora y repita en ella sus cambios. Si el "
            "informe lo usa, es un error al construir.",
            bad="\\newcommand{\\doscolumnas}{\\twocolumn}",
            good="\\newcommand{\\doscolumnas}{\\twocolumn}\n\\newenvironment{encabezado}{}{}\n"
            "\\newenvironment{tablapartida}[2]{}{}",
            severity=Severity.WARNING,
            language="latex",
        ),
        "nivel-saltado": Code(
            "una plantilla propia se salta un nivel de título en un PDF que se oye",
            "Quien oye el PDF va de título en título y, tras el nivel 1, espera el 2 (PDF/UA-1, 7.4.2). Los datos no "
            "pueden saltarse ninguno: solo una plantilla propia. Se mira si el informe pide «conformidad».",
            bad="\\subsubsection*{\\VALOR{ resumen.titulo }}",
            good="\\section*{\\VALOR{ resumen.titulo }}",
            severity=Severity.WARNING,
            language="latex",
        ),
        "variable-desconocida": Code(
            "una plantilla usa un nombre que nadie le da",
            "Se imprimiría un hueco. Corrija el nombre; cada plantilla dice al principio qué recibe.",
            bad="\\VALOR{ seccion.titular }",
            good="\\VALOR{ seccion.titulo }",
            language="latex",
        ),
        "latex-fallo": Code(
            "LaTeX no pudo componer el informe",
            "Si el informe tiene plantillas propias, la causa suele estar en lo último que cambió en ellas. Si no las "
            "tiene, es un fallo de Imprenta: los datos que pasan las comprobaciones deben componerse. Se señala lo que "
            "LaTeX estaba componiendo, se citan sus palabras y el texto cercano; mientras se corrige, suele bastar con "
            "escribir de otro modo lo que ese texto tiene de especial.",
            bad="\\estaordennoexiste",
            good="\\textbf{texto}",
            language="latex",
        ),
        "latex-sin-fin": Code(
            "LaTeX no terminó a tiempo y se detuvo",
            "Una orden de una plantilla propia se repite sin fin.",
            bad="\\loop\\iftrue\\repeat",
            good="\\textbf{texto}",
            language="latex",
        ),
        "linea-desbordada": Code(
            "algo se sale del margen, de su columna o de la página",
            "Es un error si el texto se sale de la hoja y no se puede leer entero; si no, un aviso. Suele ser una "
            "palabra larga que LaTeX no sabe partir en una columna estrecha: acórtela, pártala con espacios o dé más "
            "anchura a la columna. Una fórmula que no cabe se reduce, y se avisa: pártala en varias líneas. Los "
            "enunciados, las filas de las tablas y la portada pasan solos de una página a otra.",
            bad="$$ y = a_0 + a_1 x + a_2 x^2 + a_3 x^3 + a_4 x^4 + a_5 x^5 + a_6 x^6 + a_7 x^7 + a_8 x^8 + a_9 x^9 "
            "+ b_0 z + b_1 z^2 + b_2 z^3 + b_3 z^4 + b_4 z^5 $$",
            good="$$ y = \\sum_{n=0}^9 a_n x^n $$",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "referencia-sin-resolver": Code(
            "una referencia de una plantilla no lleva a ninguna parte",
            "Saldría «??». Las referencias de los datos se comprueban antes: mire las plantillas propias.",
            bad="\\ref{nada}",
            good="\\ref{seccion:caudal}",
            language="latex",
        ),
        "cita-sin-resolver": Code(
            "una cita de una plantilla no está en references.bib",
            "Las citas de los datos, y las claves escritas en las plantillas, se comprueban antes: mire lo que "
            "una plantilla propia cita por medio de una orden.",
            bad="\\newcommand{\\clave}{nadie}\\cite{\\clave}",
            good="\\newcommand{\\clave}{ruiz2020}\\cite{\\clave}",
            language="latex",
        ),
        "biber-fallo": Code(
            "biber no pudo preparar las referencias",
            "Se citan las palabras de biber. Si references.bib pasa las comprobaciones, mire las plantillas propias.",
            bad="\\addbibresource{otra.bib}",
            good="\\addbibresource{references.bib}",
            language="latex",
        ),
        "biber-aviso": Code(
            "biber advierte de algo en las referencias",
            "Las referencias se imprimen, pero alguna puede salir incompleta. Se citan las palabras de biber.",
            bad="date     = {2021},\n  entryset = {ruiz2020},",
            good="date     = {2021},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
    },
)
