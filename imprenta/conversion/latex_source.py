r"""LaTeX as somebody wrote it -> the same, line for line, in the form in which pandoc loses nothing of it.

Pandoc knows no boxes around tables (`\resizebox`) and drops what is in them, and no `\And` between authors.
"""

from __future__ import annotations

import re

from imprenta.markup import find_closing

_BOX = re.compile(r"\\(resizebox\*?|scalebox|adjustbox|makebox|fbox|rotatebox)\s*(?=[\[{])")
_ARGUMENTS = {"resizebox": 2, "resizebox*": 2, "scalebox": 1, "rotatebox": 1, "adjustbox": 1}
"""The arguments in braces before the contents."""
_ENVIRONMENT = re.compile(r"\\(?:begin\{adjustbox\}\s*\{[^{}]*\}|end\{adjustbox\})")
_HOLDS_TABLE = re.compile(r"\\begin\{(?:tabular|array|longtable)")
_AND = re.compile(r"\\(?:And|AND)\b")
_KEYWORDS = re.compile(
    r"\\keywords?\s*\{([^{}]*)\}|\\begin\{(?:IEEE)?keywords?\}(.*?)\\end\{(?:IEEE)?keywords?\}", re.DOTALL
)
_PARTS = re.compile(r"\\(?:and|sep)\b|[,;·]|--+")
_FOLDERS = re.compile(r"\\graphicspath\s*\{((?:\s*\{[^{}]*\})+)\s*\}")


def prepare_latex(text: str) -> str:
    """Return the text with tables out of their boxes, and with the usual word between authors."""
    text = _AND.sub(r"\\and", _ENVIRONMENT.sub("", text))
    at = 0
    while (box := _BOX.search(text, at)) is not None:
        start, end = _contents(text, box.end(), _ARGUMENTS.get(box[1], 0))
        at = box.end()
        if _HOLDS_TABLE.search(text, start, end):
            lines = "\n" * text.count("\n", box.start(), start)
            text = f"{text[: box.start()]}{lines}{text[start:end]}{text[end + 1 :]}"
            at = box.start()
    return text


def _contents(text: str, at: int, arguments: int) -> tuple[int, int]:
    """Return where the contents of a box begin and end, after so many arguments in braces, and options."""
    while at < len(text) and (text[at] in "[{" or text[at].isspace()):
        if text[at].isspace():
            at += 1
        elif text[at] == "[":
            at = text.find("]", at) + 1 or len(text)
        else:
            end = find_closing(text, at)
            if not arguments:
                return at + 1, end
            arguments, at = arguments - 1, end + 1
    return at, at


def find_keywords(text: str) -> list[str]:
    """Return the keywords that LaTeX gives by commands of its classes, which pandoc does not know."""
    found = _KEYWORDS.search(text)
    words = (" ".join(part.split()) for part in _PARTS.split(found[1] or found[2] or "")) if found is not None else ()
    return [word.rstrip(".") for word in words if word]


def find_picture_folders(text: str) -> list[str]:
    """Return the folders in which LaTeX looks for pictures, besides that of the document."""
    found = _FOLDERS.search(text)
    return [folder.strip("./ ") for folder in re.findall(r"\{([^{}]*)\}", found[1])] if found is not None else []
