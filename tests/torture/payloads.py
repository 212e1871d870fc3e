"""What would do something if anybody executed it, in every place -> nothing is run, read or written; told or printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.pieces import ENTRIES, Piece, Place, codes_of, press
from tests.torture.places_of_text import OWN, code_places, entry_places, front_places, plain_blocks, table_places
from tests.torture.rows import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.rows import Effort, Row

CANARY = "canario-5d21c7e0"
TEX = r"""
\input{%secret} | \include{%secret} | \InputIfFileExists{%secret}{}{} | \verbatiminput{%secret} | \lstinputlisting{%secret}
\openin5=%secret \read5 to\x \x | \immediate\write18{touch %mark} | \write18{touch %mark} | \input|"touch %mark"
\immediate\openout5=%mark \immediate\write5{x} | \pdffiledump length 99 {%secret} | \pdfximage{%secret}
\includegraphics{%secret} | \directlua{os.execute("touch %mark")} | \csname input\endcsname{%secret} | ^^5cinput{%secret}
\catcode`\!=0 !input{%secret} | \def\x{\x}\x | \loop\iftrue\repeat | \expandafter\input\expandafter{%secret}
\ShellEscape{touch %mark} | \usepackage{shellesc} | \RequirePackage{x} | \begin{filecontents}{%mark}x\end{filecontents}
\end{document} | \newcommand{\x}{\write18{touch %mark}}\x | \let\x\input \x %secret | \scantokens{\input{%secret}}
\pdfobj file {%secret} | \special{ps: run} | \pdfliteral{x} | \everypar{\input{%secret}} | \aftergroup\input | \endgroup
\makeatletter\@input{%secret} | \@@input %secret | \vcenter{\input{%secret}} | \mbox{\input{%secret}} | \hbox{$\input{%secret}$}
\text{\input{%secret}} | \mathchoice{}{}{}{\input{%secret}} | \href{run:%mark}{x} | \url{file://%secret} | \verb|\input{%secret}|
\typein{x} | \message{x} | \errmessage{x} | \string\input | \uppercase{\input{%secret}} | \romannumeral1 | \number\catcode`a
"""
OTHERS = """
<script>fetch('/abrir')</script> | <img src=x onerror=alert(1)> | [x](javascript:alert(1)) | [x](file://%secret) | <file://%secret>
![x](%secret) | [x](data:text/html,<script>1</script>) | <javascript:alert(1)> | [x](vbscript:x) | [x](//[::1]) | [x](http://a b)
{{ 7*7 }} | \\VALOR{ 7*7 } | \\BLOQUE{ include '%secret' } | \\VALOR{ ''.__class__.__mro__ } | {% for x in y %} | %# x
{= __import__('os').system('touch %mark')} | {= (1).__class__} | {= 9**9**9} | {= open('%secret')} | {= a.b.c|2} | {figura:../../x}
!!python/object/apply:os.system ['touch %mark'] | &a *a | $(touch %mark) | `touch %mark` | ; touch %mark | %0a%0d | ../../%secret
{fuentes: ../../x} | [@../../x] | [@a;touch] | {seccion:\\input} | [^x]: \\input{%secret} | $\\input{%secret}$ | $$\\write18{x}$$
$\\text{\\input{%secret}}$ | $\\href{run:x}{y}$ | $\\require{x}$ | $\\def\\x{y}\\x$ | $\\catcode`\\%=12$ | $^^5cinput{x}$ | $\\csname input\\endcsname$
$\\left\\input(\\right)$ | $\\begin{filecontents}{x}\\end{filecontents}$ | $\\mathchoice{a}{b}{c}{d}$ | $\\operatorname{\\input{x}}$ | $\\ce{\\input{x}}$
"""


def read_payloads(secret: Path, mark: Path) -> list[str]:
    """Return the payloads for a file to be read and one to be made."""
    text = TEX + OTHERS
    lines = [part for line in text.strip().splitlines() for part in line.split(" | ")]
    found = [line.replace("%secret", str(secret)).replace("%mark", str(mark)).strip() for line in lines]
    return list(dict.fromkeys(filter(None, found)))


def _raw_field(field: str) -> Place:
    def write(number: int, words: str) -> str:
        rest = "" if field == "title" else "title = {Obra}, "
        return f"@book{{e{number}, author = {{Ruiz, Ana}}, {rest}date = {{2020}}, {field} = {{{words}}}}}\n"

    return Place(f"{field} de una obra, sin escapar", write, ENTRIES, OWN)


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each place."""
    secret, mark = effort.folder / "secreto.txt", effort.folder / "hecho"
    secret.write_text(CANARY)
    payloads = effort.some(read_payloads(secret, mark), least=12)
    escaped = [*plain_blocks(), *table_places(), *front_places()]
    raw = [
        Place(f"{place.name}, sin escapar", place.write, place.path, place.head, also=place.also) for place in escaped
    ]
    fields = [
        _raw_field(name) for name in ("title", "note", "howpublished", "url", "file", "abstract", "keywords", "doi")
    ]
    for place in [*raw, *code_places(), *entry_places()[:2], *fields]:
        folder = effort.scratch("ataques")
        trials = Trials(place.name)
        refused = press(place, [Piece(text) for text in payloads], trials, folder)
        trials.remark = codes_of(refused)
        if mark.exists():
            trials.note(place.name, f"se hizo {mark}")
            mark.unlink()
        for path in folder.rglob("*"):
            if path.is_file() and CANARY.encode() in path.read_bytes():
                trials.note(place.name, f"el secreto está en {path.relative_to(folder)}")
        yield trials.row()
