"""The codes of the author's Spanish: spelling, and the signs that are no letters."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

LANGUAGE = Family(
    "La lengua",
    {
        "palabra-desconocida": Code(
            "el diccionario no tiene una palabra",
            "Puede ser una errata. Si está bien escrita (un nombre, un tecnicismo), añádala a paper/vocabulario.txt; "
            "si es de otra lengua, va en *cursiva*; si es de una máquina, entre acentos graves.",
            bad="El caudal bajó en los afluntes [@ruiz2020].",
            good="El caudal bajó en los afluentes [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "vocabulario-sin-usar": Code(
            "ningún texto usa una palabra de paper/vocabulario.txt",
            "La lista calla las faltas que coincidan con ella: solo lleva lo que el informe dice. Bórrela de la lista. "
            "Lo que va en *cursiva* o entre acentos graves no se revisa y no le hace falta.",
            bad="Guadalete",
            good="# Guadalete",
            severity=Severity.WARNING,
            language="text",
        ),
        "comillas-rectas": Code(
            "hay comillas rectas en un texto en español",
            "Son las de la máquina de escribir, y no dicen cuál abre y cuál cierra. En español son «…», y dentro de "
            "ellas “…”.",
            bad='El llamado "caudal base" bajó [@ruiz2020].',
            good="El llamado «caudal base» bajó [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "puntos-suspensivos": Code(
            "los puntos suspensivos están escritos con varios puntos",
            "Tres puntos se separan mal y pueden partirse al final de una línea. Es un solo signo: «…».",
            bad="Bajaron el Tajo, la alcantarilla... [@ruiz2020].",
            good="Bajaron el Tajo, la alcantarilla… [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "espacio-doble": Code(
            "hay dos o más espacios seguidos dentro de una línea",
            "Entre palabras va uno, también después de un punto.",
            bad="El caudal  bajó [@ruiz2020].",
            good="El caudal bajó [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "signo-de-apertura": Code(
            "falta el «¿» o el «¡» de una pregunta o de una exclamación",
            "En español abren y cierran. Ponga el que falta donde empieza la pregunta o la exclamación.",
            bad="Por qué bajó el caudal? Por la sequía [@ruiz2020].",
            good="¿Por qué bajó el caudal? Por la sequía [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "espacio-antes-de-signo": Code(
            "hay un espacio antes de un signo de puntuación",
            "El signo va junto a lo que lo precede, también tras una cita: con el espacio podría empezar una línea.",
            bad="El caudal bajó [@ruiz2020] .",
            good="El caudal bajó [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "punto-decimal": Code(
            "un número con unidad lleva punto decimal",
            "Los números que el informe calcula salen con coma, y en español el punto puede leerse como de millares. "
            "Escriba la coma. Una versión no lleva unidad, o va entre acentos graves.",
            bad="El caudal bajó un 12.5 % [@ruiz2020].",
            good="El caudal bajó un 12,5 % [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
    },
)
