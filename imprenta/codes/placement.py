"""The codes of what the report places and mentions: figures, tables, sections, rows, citations."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

PLACEMENT = Family(
    "Citas, figuras, tablas y secciones",
    {
        "cita-desconocida": Code(
            "se cita una clave que no está en references.bib ni en paper/mediciones.yaml",
            "Es lo que más se vigila: una cita sin entrada dejaría la frase sin fuente. "
            "Corrija la clave o añada la entrada.",
            bad="El caudal bajó [@ruiz2021].",
            good="El caudal bajó [@ruiz2020].",
            language="markdown",
        ),
        "cita-vacia": Code(
            "un elemento de «citas» está vacío",
            "Una cita sin clave no lleva a ninguna fuente. Escriba la clave o borre el elemento.",
            bad='citas: [ruiz2020, ""]',
            good="citas: [ruiz2020]",
        ),
        "cita-repetida": Code(
            "una lista de citas nombra dos veces la misma fuente",
            "Saldría dos veces seguidas. Borre una.",
            bad="citas: [ruiz2020, ruiz2020]",
            good="citas: [ruiz2020]",
            severity=Severity.WARNING,
        ),
        "cita-de-conjunto": Code(
            "se cita un conjunto de obras que no se puede nombrar, o una parte de uno que se cita",
            "Un «@set» sale en la lista con un solo número, sin autor ni año: en APA no se puede citar, y en IEEE sus "
            "partes no tienen número propio si él se cita.",
            bad="El caudal bajó [@caudales; @ruiz2020].",
            good="El caudal bajó [@caudales].",
            language="markdown",
        ),
        "entrada-sin-citar": Code(
            "una entrada de references.bib, o una medición propia, no se cita",
            "No aparecerá en las referencias. Cítela donde se usó o bórrela.",
            bad="Bajó el caudal.          # y references.bib tiene «ruiz2020»",
            good="Bajó el caudal [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "figura-desconocida": Code(
            "se coloca una figura que no existe",
            "«figura: id» coloca figures/id.yaml. Corrija el identificador, o el archivo si tiene errores.",
            bad="- figura: croqis",
            good="- figura: croquis",
        ),
        "tabla-desconocida": Code(
            "se coloca una tabla que no existe",
            "«tabla: id» coloca paper/tablas/id.yaml, y «tabla: {valores: id}», paper/datos/id.yaml. "
            "Corrija el identificador, o el archivo si tiene errores.",
            bad="- tabla: caudales",
            good="- tabla: caudal-medio",
        ),
        "referencia-desconocida": Code(
            "una referencia no lleva a ninguna parte",
            "La figura, tabla o sección que se menciona no se coloca en el informe. "
            "Corrija el identificador o coloque lo que falta.",
            bad="Véase la {seccion:caudales}.",
            good="Véase la {seccion:caudal}.",
            language="markdown",
        ),
        "etiqueta-repetida": Code(
            "dos cosas del informe tienen el mismo nombre",
            "Una figura o tabla se coloca una sola vez, y dos apartados no comparten «id»: "
            "las referencias no sabrían adónde ir.",
            bad="- figura: croquis\n- figura: croquis",
            good="- figura: croquis",
        ),
        "etiqueta-desconocida": Code(
            "una parte del informe tiene una etiqueta que el informe no declara",
            "Mal escrita, la parte saldría siempre. Las etiquetas se declaran en «etiquetas» de paper/informe.yaml, "
            "con «no» las que solo salen cuando se piden. Corrija la etiqueta o declárela.",
            bad="etiquetas: solucoin",
            good="etiquetas: solucion",
        ),
        "lenguaje-desconocido": Code(
            "un código está en un lenguaje que no se conoce",
            "Sale sin resaltar. Se admiten los nombres de Pygments: c, cpp, python, java, bash, sql, matlab y más.",
            bad="- codigo: x = 1\n  lenguaje: pyton",
            good="- codigo: x = 1\n  lenguaje: python",
            severity=Severity.WARNING,
        ),
        "sin-mencionar": Code(
            "ningún texto menciona una figura o una tabla",
            "Quien lee no sabe cuándo mirarla. Menciónela con {figura:id} o {tabla:id}.",
            bad="El caudal bajó [@ruiz2020].",
            good="El caudal bajó [@ruiz2020] ({figura:croquis}).",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "fila-desigual": Code(
            "una fila no tiene una celda por columna",
            "Suele ser una coma decimal sin comillas, que parte la celda en dos. En las filas con «para», "
            "todas las variables tienen los mismos valores.",
            bad="- [Guadalete, 3,4]",
            good='- [Guadalete, "3,4"]',
        ),
        "celda-cortada": Code(
            "una celda unida no cabe donde está",
            "Abarca más filas o columnas de las que quedan, o en medio hay un renglón de grupo, una fila con «para» u "
            "otra celda unida. Corrija «filas» o «columnas».",
            bad='- [{celda: Guadalete, filas: 3}, "3,4"]\n- ["3,6"]',
            good='- [{celda: Guadalete, filas: 2}, "3,4"]\n- ["3,6"]',
        ),
        "total-sin-numero": Code(
            "una columna con totales tiene una celda que no es un número",
            "El total se calcula de los números de la columna, con coma o punto decimal, o de {= …}; una celda vacía "
            "o con una raya no cuenta.",
            bad='- [Guadalete, "unos 3,4"]',
            good='- [Guadalete, "3,4"]',
        ),
        "fila-repetida": Code(
            "una tabla tiene dos filas iguales",
            "Suele ser una copia que se olvidó cambiar. Corríjala o bórrela.",
            bad='- [Guadalete, "3,4"]\n- [Guadalete, "3,4"]',
            good='- [Guadalete, "3,4"]\n- [Barbate, "3,4"]',
            severity=Severity.WARNING,
        ),
    },
)
