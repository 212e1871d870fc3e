"""Characters that no font of ours has, drawn of what the fonts have: boxes, crosses, encircled letters, accents."""

from __future__ import annotations

import unicodedata
from functools import cache

from imprenta.markup.characters import MATH_SYMBOLS, RAW

_CROSS, _TICK = r"\pmb{\times}", r"\checkmark"

# Signs that an author finds in a list of tasks, in a message or in an editor, and the nearest that there is.
DRAWN = {
    "☐": r"\square", "☑": rf"\casilla{{{_TICK}}}", "☒": r"\boxtimes", "✅": rf"\casilla{{{_TICK}}}", "❎": r"\boxtimes",
    "✗": _CROSS, "✘": _CROSS, "✕": r"\times", "✖": _CROSS, "❌": _CROSS, "╳": r"\times", "⚠": r"\sobretriangulo{!}",
    "⬜": r"\square", "⬛": r"\blacksquare", "◻": r"\square", "◼": r"\blacksquare", "◽": r"\square",
    "◾": r"\blacksquare", "▢": r"\square", "▫": r"\square", "⚪": r"\bigcirc", "⚫": r"\bullet", "⬤": r"\bullet",
    "⦁": r"\bullet", "‣": r"\blacktriangleright", "▸": r"\blacktriangleright", "▹": r"\triangleright",
    "◂": r"\blacktriangleleft", "▾": r"\blacktriangledown", "▴": r"\blacktriangle", "⭐": r"\bigstar",
    "❤": r"\heartsuit", "♡": r"\heartsuit", "♢": r"\diamondsuit", "⬥": r"\blacklozenge", "⬦": r"\lozenge",
    "➔": r"\rightarrow", "➙": r"\rightarrow", "➜": r"\rightarrow", "➝": r"\rightarrow", "➞": r"\rightarrow",
    "➡": r"\rightarrow", "⬅": r"\leftarrow", "⬆": r"\uparrow", "⬇": r"\downarrow", "➤": r"\blacktriangleright",
    "⇨": r"\Rightarrow", "➥": r"\hookrightarrow", "↳": r"\hookrightarrow", "↵": r"\hookleftarrow",
    "⏎": r"\hookleftarrow", "⟼": r"\longmapsto", "↠": r"\twoheadrightarrow", "↣": r"\rightarrowtail",
    "↝": r"\leadsto", "⇀": r"\rightharpoonup", "↼": r"\leftharpoonup", "↶": r"\curvearrowleft",
    "↷": r"\curvearrowright", "⇉": r"\rightrightarrows", "⇕": r"\Updownarrow", "⇋": r"\leftrightharpoons",
    "⊘": r"\oslash", "⊞": r"\boxplus", "⊟": r"\boxminus", "⊠": r"\boxtimes", "⊡": r"\boxdot", "⋀": r"\bigwedge",
    "⋁": r"\bigvee", "⋂": r"\bigcap", "⋃": r"\bigcup", "⊎": r"\uplus", "⊓": r"\sqcap", "⊔": r"\sqcup",
    "⊑": r"\sqsubseteq", "⊒": r"\sqsupseteq", "∎": r"\blacksquare", "⊈": r"\nsubseteq", "⊉": r"\nsupseteq",
    "⊊": r"\subsetneq", "⊋": r"\supsetneq", "≢": r"\not\equiv", "∌": r"\not\ni", "⟂": r"\perp", "∦": r"\nparallel",
    "∤": r"\nmid", "≁": r"\nsim", "≇": r"\ncong", "≉": r"\not\approx", "≼": r"\preccurlyeq", "≽": r"\succcurlyeq",
    "≶": r"\lessgtr", "≷": r"\gtrless", "⋈": r"\bowtie", "∭": r"\iiint", "≔": r"\mathrel{:=}", "∶": r"\colon ",
    "≜": r"\triangleq", "≐": r"\doteq", "⊻": r"\veebar", "⊼": r"\barwedge", "∔": r"\dotplus", "∁": r"\complement",
    "⌀": r"\varnothing", "℧": r"\mho", "‴": r"{}^{\prime\prime\prime}", "‵": r"{}^{\backprime}", "ϑ": r"\vartheta",
    "𝟙": r"\mathbf{1}", "𝔼": r"\mathbb{E}", "ℙ": r"\mathbb{P}", "𝔽": r"\mathbb{F}", "ℍ": r"\mathbb{H}",
    "ℒ": r"\mathcal{L}", "ℱ": r"\mathcal{F}", "ℋ": r"\mathcal{H}", "ℛ": r"\mathcal{R}", "ℬ": r"\mathcal{B}",
}  # fmt: skip
DRAWN |= {chr(0x2460 + number - 1): rf"\encerrado{{{number}}}" for number in range(1, 21)}
DRAWN |= {chr(0x2776 + number - 1): rf"\encerrado{{{number}}}" for number in range(1, 11)}
DRAWN |= {chr(0x2780 + number - 1): rf"\encerrado{{{number}}}" for number in range(1, 11)}
DRAWN |= {chr(0x278A + number - 1): rf"\encerrado{{{number}}}" for number in range(1, 11)}
DRAWN |= {chr(0x24B6 + number): rf"\encerrado{{{chr(65 + number)}}}" for number in range(26)}
DRAWN |= {chr(0x24D0 + number): rf"\encerrado{{{chr(97 + number)}}}" for number in range(26)}
DRAWN["⓪"] = r"\encerrado{0}"
DRAWN = {typed: tex for typed, tex in DRAWN.items() if typed not in MATH_SYMBOLS}

# The signs that tables and trees of folders are drawn with: which of the four arms each has: left, right, up, down.
BOXES = {
    "─": "1100", "│": "0011", "┌": "0101", "┐": "1001", "└": "0110", "┘": "1010", "├": "0111", "┤": "1011",
    "┬": "1101", "┴": "1110", "┼": "1111", "╭": "0101", "╮": "1001", "╯": "1010", "╰": "0110", "━": "1100",
    "┃": "0011", "═": "1100", "║": "0011", "╔": "0101", "╗": "1001", "╚": "0110", "╝": "1010", "╠": "0111",
    "╣": "1011", "╦": "1101", "╩": "1110", "╬": "1111", "╴": "1000", "╶": "0100",
}  # fmt: skip

# Accents over and under a letter: the command of text, the command of a formula.
_OVER = {
    "\u0300": (r"\`", r"\grave"), "\u0301": (r"\'", r"\acute"), "\u0302": (r"\^", r"\hat"),
    "\u0303": (r"\~", r"\tilde"), "\u0304": (r"\=", r"\bar"), "\u0305": (r"\=", r"\bar"),
    "\u0306": (r"\u", r"\breve"), "\u0307": (r"\.", r"\dot"), "\u0308": (r'\"', r"\ddot"),
    "\u030a": (r"\r", r"\mathring"), "\u030b": (r"\H", ""), "\u030c": (r"\v", r"\check"), "\u20d7": ("", r"\vec"),
}  # fmt: skip
_UNDER = {"\u0323": r"\d", "\u0327": r"\c", "\u0328": r"\k", "\u0331": r"\b"}
_DOTLESS = {"i": r"\i", "j": r"\j"}


@cache
def draw_accents(cluster: str) -> str:
    """Return the TeX of a letter with its accents; nothing if it cannot be drawn of them."""
    decomposed = unicodedata.normalize("NFD", cluster)
    letter, marks = decomposed[:1], decomposed[1:]
    if not letter.isalpha() or not marks or any(mark not in _OVER and mark not in _UNDER for mark in marks):
        return ""
    over = [mark for mark in marks if mark in _OVER]
    if letter in MATH_SYMBOLS or "\u20d7" in over:
        shown = MATH_SYMBOLS.get(letter) or (rf"\mathrm{{{letter}}}" if letter.isascii() else "")
        command = _OVER[over[0]][1] if len(marks) == len(over) == 1 else ""
        return rf"\ensuremath{{{command}{{{shown}}}}}" if command and shown else ""
    # TeX puts an accent on a character: of two, the first must be a part of one.
    while over and (joined := unicodedata.normalize("NFC", letter + over[0])) in RAW:
        letter, over = joined, over[1:]
    if letter not in RAW or len(over) > 1:
        return ""
    tex = f"{_OVER[over[0]][0]}{{{_DOTLESS.get(letter, letter)}}}" if over else letter
    for mark in marks:
        tex = f"{_UNDER[mark]}{{{tex}}}" if mark in _UNDER else tex
    return tex
