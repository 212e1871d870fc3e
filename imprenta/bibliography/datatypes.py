"""The fields of biblatex that a document prints or sorts by -> what each of them holds (blx-dm.def 3.18, apa.dbx 9.16).

What is not here reaches neither biber nor LaTeX: fields for the author's own use and those that no style prints.
"""

from __future__ import annotations

from imprenta.bibliography.datamodel import ALIAS_FIELDS, ALIAS_TYPES, ENTRY_TYPES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = _words(
    """afterword annotator author bookauthor commentator editor editora editorb editorc foreword holder introduction
    shortauthor shorteditor sortname translator execdirector execproducer narrator with"""
)
TEXTS = _words(
    """addendum booksubtitle booktitle booktitleaddon chapter edition eid eprintclass
    eventtitle eventtitleaddon howpublished isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon
    iswc journalsubtitle journaltitle journaltitleaddon label mainsubtitle maintitle maintitleaddon month nameaddon
    note number origtitle pages pagetotal part relatedstring reprinttitle series shorthand shorthandintro
    shortjournal shortseries shorttitle sortkey sortshorthand sorttitle sortyear subtitle title titleaddon venue
    version volume volumes year eventyear eventmonth origyear origmonth urlyear urlmonth
    institution location organization origlocation origpublisher publisher
    amendment appentry article citation section source"""
)
# Names of words that biblatex has in the reader's language, or else words to be printed: letters alone.
TERMS = _words(
    """authortype bookpagination editoratype editorbtype editorctype editortype language origlanguage pagination
    pubstate type"""
)
DATES = _words("date eventdate origdate urldate")
KEYS = _words("crossref xref xdata entryset related ids")
OPTIONS = _words("options relatedoptions")
IDENTIFIERS = _words("doi eprint")
ADDRESSES = _words("url")
# Words that biblatex looks up by their name (a language, an archive…), or biber takes for a pattern.
PLAIN_WORDS = _words("langid relatedtype gender entrysubtype eprinttype presort")
TYPES = ENTRY_TYPES | ALIAS_TYPES.keys() | _words("presentation constitution legmaterial legadminmaterial nameonly")

# What an entry may ask of biblatex for itself; whether it is on the list at all is not for it to say.
ENTRY_OPTIONS = _words(
    """useprefix useauthor useeditor usetranslator usenamea usenameb usenamec maxnames minnames maxbibnames minbibnames
    maxcitenames mincitenames maxsortnames minsortnames uniquename uniquelist labelnamefield labeltitlefield
    terseinits nametemplates sortingnamekeytemplate"""
)


def kind_of(name: str) -> str:
    """Return what a field holds, by its name in the file: names, text, date, keys…; nothing if it is not printed."""
    return _KINDS.get(ALIAS_FIELDS.get(name, name), "")


_KINDS = {
    name: kind
    for kind, names in (
        ("names", NAMES), ("text", TEXTS), ("term", TERMS), ("date", DATES), ("keys", KEYS), ("options", OPTIONS),
        ("identifier", IDENTIFIERS), ("address", ADDRESSES), ("word", PLAIN_WORDS),
    )
    for name in names
}  # fmt: skip
