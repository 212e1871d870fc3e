"""A formula in LaTeX -> how it is said in words, or its source where words would not do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.words import Words

_TOKEN = re.compile(
    r"\\(?:text|textrm|mathrm|operatorname)\s*\{[^{}\\$^_/]*\}"  # words, with their spaces
    r"|\\[A-Za-z]+|\\.|\d+(?:(?:\{,\}|[.,])\d+)*|[A-Za-zÁÉÍÓÚÑáéíóúñ]|\S"
)
_UNSAID = (
    frozenset([r"\,", r"\;", r"\:", r"\!", r"\ ", r"\left", r"\right", "~"])
    | {f"\\{name}" for name in ("quad", "qquad", "displaystyle", "textstyle", "limits", "nolimits")}
    | {f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")}
)
_WRAPPED = frozenset(
    r"\text \mathrm \mathit \mathbf \mathsf \mathtt \operatorname \textrm \boldsymbol \mathcal".split()
)
"""Commands whose argument is said as it is."""
_FUNCTIONS = frozenset(r"\log \ln \exp \sin \sen \cos \tan".split())
"""What ends in a word that leads to its argument: an exponent comes before that word."""
_RANGES = frozenset(r"\sum \prod \int".split())
"""What has a lower and an upper limit."""
_ALIGNED = re.compile(r"\\(?:begin|end)\{(?:aligned|gathered|split)\}")
"""What holds several formulas, one below the other."""
NEXT = ";"
"""What is said between them."""
LONGEST = 400
"""Characters of a formula that anybody follows by ear."""


class Unsayable(Exception):  # noqa: N818 - no fault, and nobody sees it
    """Something in a formula has no words."""


@lru_cache(maxsize=2048)
def speak_formula(tex: str, words: Words) -> str:
    """Return what is said of a formula, given without the signs around it."""
    source = " ".join(_ALIGNED.sub(" ", tex).replace("&", " ").split())
    try:
        if len(source) > LONGEST:
            raise Unsayable
        speaker = _Speaker(_TOKEN.findall(source), words)
        said = speaker.read_all()
    except (Unsayable, IndexError):
        return source
    return " ".join(said.split()) or source


class _Speaker:
    """Says the signs of a formula one after another."""

    def __init__(self, tokens: list[str], words: Words) -> None:
        self.tokens, self.at = tokens, 0
        self.words = words
        self.said = dict(words.formula)

    def read_all(self) -> str:
        said = self.read_until("")
        if self.at < len(self.tokens):
            raise Unsayable
        return said

    def read_until(self, end: str) -> str:
        parts: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != end:
            parts.append(self.read_one())
        return " ".join(parts)

    def read_argument(self) -> tuple[str, bool]:
        """Return what the argument of a command says, and whether it is a single sign."""
        start = self.at
        if self.tokens[self.at] != "{":
            return self.read_one(), True
        self.at += 1
        said = self.read_until("}")
        if self.tokens[self.at] != "}":
            raise Unsayable
        self.at += 1
        return said, self.at - start <= len("{x}") + (self.tokens[start + 1] == "-")

    def read_one(self) -> str:
        token = self.tokens[self.at]
        self.at += 1
        if token in _UNSAID:
            return ""
        if token == r"\\":
            return NEXT
        if token == "{":
            self.at -= 1
            return self.read_argument()[0]
        if token in ("^", "_"):
            return self.read_script(token)
        if token in (r"\frac", r"\dfrac", r"\tfrac"):
            above, below = self.read_argument(), self.read_argument()
            form = self.words.fraccion_simple if above[1] and below[1] else self.words.fraccion
            return form.format(above[0], below[0])
        if token == r"\sqrt":
            if self.tokens[self.at] == "[":
                raise Unsayable
            inside, single = self.read_argument()
            return (self.words.raiz_simple if single else self.words.raiz).format(inside)
        if token in _WRAPPED:
            start = self.at
            said = self.read_argument()[0]
            letters = all(one in "{}" or one.isalnum() for one in self.tokens[start : self.at])
            return said.replace(" ", "") if letters else said  # of a unit the signs are said apart
        if token.endswith("}") and len(token) > 1 and token != r"\}":
            return token[token.index("{") + 1 : -1].strip()
        if token in _FUNCTIONS:
            return self.read_function(self.said[token])
        if token in _RANGES:
            return self.read_range(self.said[token])
        if token in self.said:
            said = self.said[token]
            return said.format(*(self.read_argument()[0] for _ in range(said.count("{}"))))
        if token[0] == "\\" or token in "&}":
            raise Unsayable
        return token.replace("{,}", ",")

    def read_function(self, said: str) -> str:
        """Return what is said of a function up to its argument: «seno al cuadrado de»."""
        name, _, leading = said.rpartition(" ")
        scripts = []
        while self.at < len(self.tokens) and self.tokens[self.at] in ("^", "_"):
            scripts.append(self.read_one())
        return " ".join((name, *scripts, leading))

    def read_range(self, said: str) -> str:
        """Return what is said of a sum or the like with its limits: «suma desde k igual a 1 hasta n de»."""
        forms = {"_": self.words.limite_inferior, "^": self.words.limite_superior}
        limits = []
        while self.at < len(self.tokens) and self.tokens[self.at] in forms:
            form = forms[self.tokens[self.at]]
            self.at += 1
            limits.append(form.format(self.read_argument()[0]))
        return " ".join((said, *limits, self.words.sumando)) if limits else said

    def read_script(self, token: str) -> str:
        inside, single = self.read_argument()
        if token == "_":
            return (self.words.subindice_simple if single else self.words.subindice).format(inside)
        if inside in ("2", "3"):
            return self.words.al_cuadrado if inside == "2" else self.words.al_cubo
        return (self.words.exponente_simple if single else self.words.exponente).format(inside)
