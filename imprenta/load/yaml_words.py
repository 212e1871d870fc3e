"""What libyaml says of a file that it cannot read -> our code, our message and our hint. Its English is never shown.

libyaml tells a fault by two constant strings: what it was doing (`context`) and what it met (`problem`). Contexts that
stand for one thing of YAML's, which we admit in no form, come first; then what it met. Whatever is in neither table is
told in words of ours that fit all: `tests/unit/test_yaml_words.py` holds the tables against the library's own strings.
"""

from __future__ import annotations

SYNTAX = "yaml-mal-escrito"
ALIAS = "yaml-alias"
TAG = "yaml-etiqueta"

TAB = "\t"
"""Stands for libyaml's words where it met a tab: it does not tell which character it was."""

Told = tuple[str, str, str]
"""Code, message, hint."""

TOLD_TAG: Told = (TAG, "las etiquetas de YAML («!») no se admiten", "un texto que empieza por ! va entre comillas")
TOLD_ANCHOR: Told = (ALIAS, "las anclas de YAML («&») no se admiten", "un texto que empieza por & va entre comillas")
TOLD_ALIAS: Told = (
    ALIAS, "los alias de YAML («*») no se admiten",
    "escriba el valor en su lugar; un texto que empieza por * va entre comillas",
)  # fmt: skip
TOLD_SECOND: Told = (SYNTAX, "el archivo tiene más de un documento", "sobra la línea «---»")
TOLD_DIRECTIVE: Told = (
    SYNTAX, "las directivas de YAML («%») no se admiten", "un texto que empieza por % va entre comillas"
)  # fmt: skip
TOLD_HEADER: Told = (
    SYNTAX, "tras «|» o «>» no se escribe nada más en la línea",
    "el texto empieza en la línea siguiente, con más sangría"
)  # fmt: skip
TOLD_OTHERWISE: Told = (SYNTAX, "YAML no entiende esta parte", "revise la sangría y las comillas")

SINGLE_QUOTES = "para escribir la barra, use comillas simples: '…'; entre comillas dobles se escribe \\\\"

CONTEXTS: dict[str, Told] = {
    "while scanning a tag": TOLD_TAG,
    "while parsing a tag": TOLD_TAG,
    "while scanning an anchor": TOLD_ANCHOR,
    "while scanning an alias": TOLD_ALIAS,
    "while scanning a directive": TOLD_DIRECTIVE,
    "while scanning a %YAML directive": TOLD_DIRECTIVE,
    "while scanning a %TAG directive": TOLD_DIRECTIVE,
    "while scanning a tag directive": TOLD_DIRECTIVE,
    "while parsing a %TAG directive": TOLD_DIRECTIVE,
    "while parsing a tag directive": TOLD_DIRECTIVE,
}

WORDS: dict[str, Told] = {
    "found character that cannot start any token": (
        SYNTAX, "este carácter no puede empezar un valor", "lo que empieza por @, `, %, & o * va entre comillas"
    ),
    TAB: (SYNTAX, "hay un tabulador; la sangría de YAML se hace con espacios", "ponga espacios en su lugar"),
    "found a tab character that violates indentation": (
        SYNTAX, "hay un tabulador; la sangría de YAML se hace con espacios", "ponga espacios en su lugar"
    ),
    "found a tab character where an indentation space is expected": (
        SYNTAX, "hay un tabulador; la sangría de YAML se hace con espacios", "ponga espacios en su lugar"
    ),
    "mapping values are not allowed in this context": (
        SYNTAX, "los dos puntos sobran aquí o falta una línea nueva", "un texto con dos puntos va entre comillas"
    ),
    "mapping keys are not allowed in this context": (
        SYNTAX, "aquí no puede empezar una clave", "un texto que empieza por ? va entre comillas"
    ),
    "could not find expected ':'": (
        SYNTAX, "falta «:» después de la clave", "si la línea continúa un texto, dele más sangría"
    ),
    "found unexpected ':'": (SYNTAX, "los dos puntos sobran aquí", "un texto con dos puntos va entre comillas"),
    "did not find expected key": (SYNTAX, "se esperaba una clave", "revise la sangría y las comillas de la línea"),
    "did not find expected '-' indicator": (
        SYNTAX, "se esperaba un elemento de la lista, que empieza con «-»", "revise la sangría"
    ),
    "did not find expected ',' or ']'": (
        SYNTAX, "la lista entre corchetes no se cierra o le falta una coma",
        "un texto con corchetes o comas va entre comillas",
    ),
    "did not find expected ',' or '}'": (
        SYNTAX, "el mapa entre llaves no se cierra o le falta una coma", "un texto con llaves o comas va entre comillas"
    ),
    "did not find expected node content": (
        SYNTAX, "se esperaba un valor", "una coma sobra, o falta lo que va entre comas"
    ),
    "block sequence entries are not allowed in this context": (
        SYNTAX, "una lista no puede empezar en esta línea", "póngala en la línea siguiente, con más sangría"
    ),
    "did not find expected <document start>": (
        SYNTAX, "se esperaba el fin del archivo", "revise la sangría de esta línea"
    ),
    "found unexpected document indicator": (
        SYNTAX, "las comillas no se cierran antes de esta línea", "una línea de un texto no empieza por «---» ni «...»"
    ),
    "found unexpected end of stream": (SYNTAX, "las comillas no se cierran", "ciérrelas donde acaba el texto"),
    "found unknown escape character": (
        SYNTAX, "tras la barra invertida hay un carácter que YAML no conoce", SINGLE_QUOTES
    ),
    "did not find expected hexdecimal number": (
        SYNTAX, "tras «\\x», «\\u» o «\\U» se esperaba el número de un carácter", SINGLE_QUOTES
    ),
    "found invalid Unicode character escape code": (
        SYNTAX, "ese número no es el de ningún carácter",
        "escriba el carácter mismo; o, para la barra, comillas simples"
    ),
    "found an indentation indicator equal to 0": TOLD_HEADER,
    "did not find expected comment or line break": TOLD_HEADER,
    "did not find expected alphabetic or numeric character": TOLD_ANCHOR,
    "found undefined tag handle": TOLD_TAG,
    "found duplicate %YAML directive": TOLD_DIRECTIVE,
    "found duplicate %TAG directive": TOLD_DIRECTIVE,
    "found incompatible YAML document": TOLD_DIRECTIVE,
}  # fmt: skip


def tell(context: str | None, problem: str | None) -> Told:
    """Return our code, message and hint for what libyaml was doing and what it met."""
    return CONTEXTS.get((context or "").strip()) or WORDS.get(problem or "", TOLD_OTHERWISE)
