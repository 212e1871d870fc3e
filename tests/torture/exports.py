"""Entries as Zotero, Mendeley, Google Scholar, Scopus and publishers export them -> taken and set, or refused in place."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import test_bib_typeset as made_up
from laws import build, lay_case, write_files

from tests.torture.pieces import ENTRIES, REPORT, SECTION, Piece, Place, codes_of, press
from tests.torture.places_of_text import OWN, REPORT_HEAD
from tests.torture.rows import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

STYLES = ("ieee", "apa", "chicago", "vancouver")
NAMES = [
    "Mart{\\'\\i}nez, Ana and Nu{\\~n}ez, Luis", "Mart{\\'i}nez, A. and others", "García-Pérez, José María",
    "{Organización Mundial de la Salud}", "{{Ministerio de Salud}}", "van der Berg, Jan", "Ana Ruiz and Luis Paz",
    "M{\\\"u}ller, J{\\\"o}rg", "de la Cruz, Sor Juana", "King, Jr, Martin Luther", "Ruiz, Ana and {IEEE}",
    "{\\L}ukasz, K.", "O'Neil, P.", "Nguy{\\~{\\^e}}n, T.", "Ruiz, A. {and} Paz, L.", "Dvo{\\v{r}}{\\'a}k, A",
    "Erd{\\H{o}}s, P.", "Gómez, {\\'A}ngel", "Ruiz,Ana and Paz,Luis", "\\'Alvarez, R", "Peña, Ana M.ª",
]  # fmt: skip
TITLES = [
    "{Estimación} del caudal: un {Método}", "A 5\\% Improvement of {P\\&Q}", "Sobre {\\textless}i{\\textgreater}E. coli{\\textless}/i{\\textgreater}",
    "{CO}$_{\\textrm{2}}$ en ríos", "The $\\alpha$-stable {L{\\'e}vy} process", "{\\textquotedblleft}Hola{\\textquotedblright} y adi{\\'o}s",
    "C\\# y F\\#: a\\_b", "{\\textquestiondown}Qu{\\'e} es?", "{\\guillemotleft}Uno{\\guillemotright}", "Uno -- dos --- tres",
    "{{Todo protegido: 50{\\%}}}", "Título con {\\_} y {\\&}", "On the {\\it E. coli} genome", "{\\em Salmonella} in {\\bf rivers}",
    "$H_2O$ and $10^{-3}$ mol", "{\\$}100 por {\\#}1", "Effects of temperature (20 {\\textdegree}C)", "10{\\textmu}m {\\texttimes} 5",
    "Agua {\\&} suelo", "AT&T y el 50% de C#", "a_b y x^2", "TITULO EN MAYÚSCULAS", "R{\\'{\\i}}os de Am{\\'e}rica", "x {\\ensuremath{\\leq}} 5",
    "{\\textquotesingle}a{\\textquotesingle}", "Ω, α y ≤", "{\\L}{\\'o}d{\\'z}", "{\\AA}ngstr{\\\"o}m", "na{\\\"{\\i}}ve", "Spaces\\ and~ties",
    "\\textit{In vitro} y \\emph{in vivo}", "``Quoted'' `x'", "?`Qué? !`Hola!", "{\\ss}traße", "{\\textgreater}5", "5 {$<$} 6", "{{\\`A} la carte}",
]  # fmt: skip
OTHER_FIELDS = {
    "abstract": ["El 50% sube & baja a_b {sin $cierre", "Background: x <b>y</b> {\\textless}p{\\textgreater}", "100 \\% \\& más"],
    "keywords": ["agua, río; caudal", "C#, a_b, 50%", "{Agua,Río}"],
    "file": [":C\\:/Users/Ana/a_b.pdf:PDF", "Texto completo:/home/a/b%20c.pdf:application/pdf", "files/12/Ruiz - 2020 - a & b.pdf"],
    "doi": ["10.1000/a_b", "https://doi.org/10.1000/xyz(1)<2>", "10.1000/a\\_b", "doi:10.1000/x", "10.1002/(SICI)1097-4571(1999)50:9<1::AID-X>3.0.CO;2-A"],
    "url": ["https://a.org/b_c%20d?x=1&y=2#z~w", "http://a.org/b\\_c", "\\url{https://a.org}", "https://a.org/ñ", "https://a.org/{x}"],
    "urldate": ["2020-05-01", "2019-1-2"],
    "note": ["Accessed: 2020-05-01", "\\url{https://a.org/b_c}", "Consultado el 5 de mayo", "arXiv: 2001.00001", "{\\_}eprint: x"],
    "pages": ["1--10", "1-10", "e1234", "1–10", "S1--S10", "1,3,5", "123+", "i--xx", "n/a"],
    "month": ["jan", "January", "5", "may", "{mayo}", "may # {~5}", "sep."],
    "year": ["2020", "{2020}", "2020a", "in press", "[2020]"],
    "volume": ["12", "XII", "12(3)"], "number": ["3", "n.º 3", "3-4", "Suppl. 1"], "edition": ["2", "2nd", "Segunda", "2.ª"],
    "issn": ["1234-5678", "12345678", "1234-5678, 2345-6789"], "isbn": ["978-3-16-148410-0", "9783161484100", "84-376-0494-X"],
    "language": ["es", "spanish", "Spanish", "en-US", "Español"], "langid": ["spanish", "english", "es"],
    "journal": ["Revista \\& Más", "J. Hydrol.", "\\apj", "{IEEE} Trans."], "journaltitle": ["Revista", "Proc. {IEEE}"],
    "publisher": ["Springer {\\&} Sons", "Elsevier B.V.", "{Universidad Nacional}"], "address": ["Bogot{\\'a}", "New York, NY, USA"],
    "series": ["LNCS", "Lecture {Notes}"], "booktitle": ["Proc. of the 5{\\textsuperscript{th}} Conf.", "Actas & más"],
    "annote": ["Lo leí al 50%", "a_b #1"], "mendeley-groups": ["Tesis/Río"], "shorttitle": ["Estimación"], "copyright": ["© 2020 a_b"],
    "eprint": ["2001.00001", "hep-th/9901001"], "archiveprefix": ["arXiv"], "primaryclass": ["cs.DC"], "type": ["Tesis", "phdthesis", "{Ph.D.} thesis"],
    "institution": ["Universidad {\\&} Cía"], "school": ["UNAL"], "organization": ["ACM"], "howpublished": ["\\url{https://a.org/x_y}", "En línea"],
    "editor": ["Paz, Luis", "Paz, L. and others"], "translator": ["Paz, Luis"], "chapter": ["5"], "location": ["Bogotá"], "version": ["1.2_3"],
    "issue_date": ["May 2020"], "numpages": ["10"], "acmid": ["123"], "bdsk-url-1": ["https://a.org/%20"], "timestamp": ["Mon, 01 Jan 2020 10:00:00 +0100"],
    "biburl": ["https://dblp.org/rec/a/b.bib"], "bibsource": ["dblp computer science bibliography, https://dblp.org"],
    "author_keywords": ["agua"], "source": ["Scopus"], "document_type": ["Article"], "abbrev_source_title": ["J. Hydrol."],
    "pmid": ["123"], "pmcid": ["PMC1"], "day": ["5"], "date": ["2020-05-01", "2020-05", "2020/2021", "2020-05-01/2020-05-03", "2020?"],
    "eventtitle": ["Congreso"], "venue": ["Bogotá"], "pagetotal": ["100"], "rights": ["CC {BY}"], "shortjournal": ["J. Hydrol."],
    "eprinttype": ["arxiv"], "addendum": ["Recuperado"], "related": [""], "crossref": [""], "owner": ["ana"], "__markedentry": ["[ana:]"],
}  # fmt: skip
TYPES = "article book inproceedings incollection misc online techreport report phdthesis mastersthesis thesis conference".split()
TYPES += "inbook proceedings unpublished manual software dataset electronic www patent booklet periodical".split()


def write_export(dice: random.Random) -> str:
    """Return an entry on one line, its key to be put in place of «@KEY@»."""
    fields = {"author": dice.choice(NAMES), "title": dice.choice(TITLES)}
    for name in dice.sample([*OTHER_FIELDS], dice.randint(2, 9)):
        fields[name] = dice.choice(OTHER_FIELDS[name])
    if not {"year", "date"} & set(fields):
        fields["year"] = "2020"
    rows = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    return f"@{dice.choice(TYPES)}{{@KEY@, {rows}}}"


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each style, of exported entries and of made-up ones."""
    for number, style in enumerate(STYLES):
        dice = random.Random(100 + number)
        report = re.sub("estilo_citas: .*", f"estilo_citas: {style}", REPORT_HEAD)
        place = Place(
            "obra", lambda at, words: words.replace("@KEY@", f"e{at}") + "\n", ENTRIES, OWN, also={REPORT: report}
        )
        trials = Trials(f"obras como las exportan los programas, {style}")
        pieces = [Piece(write_export(dice)) for _ in range(effort.part(600, 40))]
        trials.remark = codes_of(press(place, pieces, trials, effort.scratch("obras")))
        yield trials.row()
    for number, style in enumerate(STYLES):
        trials = Trials(f"obras con cualquier cosa en cualquier campo, {style}")
        for seed in range(effort.part(3)):
            entries = made_up.write_entries(random.Random(1000 * number + seed + 21), 90)
            folder = lay_case("", effort.scratch("campos"))
            cited = "".join(f"      Véase [@{key}].\n" for key in entries)
            write_files(
                folder,
                {
                    ENTRIES: "".join(entries.values()),
                    REPORT: re.sub("estilo_citas: .*", f"estilo_citas: {style}", REPORT_HEAD),
                    SECTION: f"titulo: Prueba\ncontenido:\n  - texto: |\n{cited}",
                },
            )
            with trials.trial(f"write_entries(random.Random({1000 * number + seed + 21}), 90), {style}"):
                assert {problem.code for problem in build(folder).errors} <= {"linea-desbordada"}
            trials.count += len(entries) - 1
        yield trials.row()
