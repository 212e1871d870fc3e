"""biblatex's default data model: entry types, their aliases, and the fields that each demands (blx-dm.def, 3.18)."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENTRY_TYPES = _words(
    """article artwork audio bibnote book bookinbook booklet collection commentary customa customb customc customd
    custome customf dataset image inbook incollection inproceedings inreference jurisdiction legal legislation letter
    manual misc movie music mvbook mvcollection mvproceedings mvreference online patent performance periodical
    proceedings reference report review set software standard suppbook suppcollection suppperiodical thesis
    unpublished video xdata"""
)

FIELDS = _words(
    """abstract addendum afterword annotation annotator author authortype bookauthor bookpagination booksubtitle
    booktitle booktitleaddon chapter commentator crossref date day doi edition editor editora editoratype editorb
    editorbtype editorc editorctype editortype eid entryset entrysubtype eprint eprintclass eprinttype eventdate
    eventmonth eventtitle eventtitleaddon eventyear execute file foreword gender holder howpublished ids
    indexsorttitle indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle
    issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label langid langidopts language
    library lista listb listc listd liste listf location mainsubtitle maintitle maintitleaddon month namea nameaddon
    nameatype nameb namebtype namec namectype note number options organization origdate origlanguage origlocation
    origmonth origpublisher origtitle origyear pages pagetotal pagination part presort publisher pubstate related
    relatedoptions relatedstring relatedtype reprinttitle series shortauthor shorteditor shorthand shorthandintro
    shortjournal shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle title titleaddon
    translator type url urldate urlmonth urlyear usera userb userc userd usere userf venue verba verbb verbc version
    volume volumes xdata xref year yeardivision"""
)

# Old names of types; the second word is the `type` that the alias sets.
ALIAS_TYPES = {
    "conference": ("inproceedings", ""),
    "electronic": ("online", ""),
    "www": ("online", ""),
    "mastersthesis": ("thesis", "mathesis"),
    "phdthesis": ("thesis", "phdthesis"),
    "techreport": ("report", "techreport"),
}

# Old names of fields.
ALIAS_FIELDS = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "hyphenation": "langid",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "key": "sortkey",
    "pdf": "file",
}

# Names that people give to fields, and programs export, and the field of biblatex that is printed.
OTHER_NAMES = {
    name: field
    for field, names in {
        "author": "autor autores",
        "title": "titulo título",
        "year": "ano anio año",
        "date": "fecha",
        "publisher": "editorial",
        "journaltitle": "revista",
        "location": "city ciudad lugar",
        "pages": "paginas páginas",
        "volume": "volumen",
        "number": "numero número",
        "edition": "edicion edición",
        "institution": "institucion institución universidad university",
        "organization": "organisation organizacion organización",
        "note": "nota",
        "url": "enlace link website",
        "urldate": "accessed access-date accessdate consultado lastaccessed lastchecked urlaccessdate visited",
        "eid": "article-number articleno artnum",
        "eprint": "arxiv arxivid",
    }.items()
    for name in names.split()
}

# Each demand is a group of fields of which one is enough.
_DATE = ("date", "year")
_REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("journaltitle",), ("title",), _DATE),
    "book": (("author",), ("title",), _DATE),
    "mvbook": (("author",), ("title",), _DATE),
    "inbook": (("author",), ("title",), ("booktitle",), _DATE),
    "bookinbook": (("author",), ("title",), ("booktitle",), _DATE),
    "suppbook": (("author",), ("title",), ("booktitle",), _DATE),
    "booklet": (("author", "editor"), ("title",), _DATE),
    "collection": (("editor",), ("title",), _DATE),
    "mvcollection": (("editor",), ("title",), _DATE),
    "reference": (("editor",), ("title",), _DATE),
    "mvreference": (("editor",), ("title",)),
    "incollection": (("author",), ("editor",), ("title",), ("booktitle",), _DATE),
    "suppcollection": (("author",), ("editor",), ("title",), ("booktitle",), _DATE),
    "inreference": (("author",), ("editor",), ("title",), ("booktitle",), _DATE),
    "dataset": (("title",),),
    "manual": (("title",), _DATE),
    "misc": (("title",), _DATE),
    "software": (("title",),),
    "online": (("title",), ("url", "doi", "eprint"), _DATE),
    "patent": (("author",), ("title",), ("number",), _DATE),
    "periodical": (("editor",), ("title",), _DATE),
    "suppperiodical": (_DATE,),
    "proceedings": (("title",), _DATE),
    "mvproceedings": (("title",),),
    "inproceedings": (("author",), ("title",), ("booktitle",), _DATE),
    "report": (("author",), ("title",), ("type",), ("institution",), _DATE),
    "thesis": (("author",), ("title",), ("type",), ("institution",), _DATE),
    "unpublished": (("author",), ("title",), _DATE),
    "set": (("entryset",),),
}


def resolve_type(name: str) -> tuple[str, str]:
    """Return the type that biblatex makes of a name, and the `type` field that comes with it."""
    return ALIAS_TYPES.get(name, (name, ""))


def required_fields(entry_type: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of fields of which biblatex demands one each, for a resolved type."""
    return _REQUIRED.get(entry_type, ())
