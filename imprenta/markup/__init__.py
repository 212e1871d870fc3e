"""The author's text -> LaTeX: the only place where text becomes TeX."""

from imprenta.markup.addresses import bare_address, clean_address, explain_address
from imprenta.markup.bibcursor import Flaw
from imprenta.markup.bibtex import write_bibtex
from imprenta.markup.code import find_lexer, list_languages, read_code, write_code
from imprenta.markup.declared import declare_characters
from imprenta.markup.equations import write_equation, write_symbol
from imprenta.markup.escape import bookmark, escape, escape_code, find_missing_glyphs, metadata
from imprenta.markup.first_uses import anchor_of, explained_in, find_first_uses
from imprenta.markup.groups import find_closing
from imprenta.markup.marks import mark_place, mark_words
from imprenta.markup.mentions import say_numbers
from imprenta.markup.misplaced import called_notes, find_misplaced
from imprenta.markup.parsed import Citation, Expression, Paragraph, Parsed, Reference, SourceMention
from imprenta.markup.phrases import LAST_OF_PARAGRAPH, citation_command, write_citations
from imprenta.markup.plain import write_plain, write_strong
from imprenta.markup.read import know_texts, prepare_markup, read_line, read_text
from imprenta.markup.roles import read_placed
from imprenta.markup.scope import Scope, locale_of, state_in
from imprenta.markup.short import carry, write_sentence, write_short
from imprenta.markup.write import write_block, write_inline

__all__ = [
    "LAST_OF_PARAGRAPH",
    "Citation",
    "Expression",
    "Flaw",
    "Paragraph",
    "Parsed",
    "Reference",
    "Scope",
    "SourceMention",
    "anchor_of",
    "bare_address",
    "bookmark",
    "called_notes",
    "carry",
    "citation_command",
    "clean_address",
    "declare_characters",
    "escape",
    "escape_code",
    "explain_address",
    "explained_in",
    "find_closing",
    "find_first_uses",
    "find_lexer",
    "find_misplaced",
    "find_missing_glyphs",
    "know_texts",
    "list_languages",
    "locale_of",
    "mark_place",
    "mark_words",
    "metadata",
    "prepare_markup",
    "read_code",
    "read_line",
    "read_placed",
    "read_text",
    "say_numbers",
    "state_in",
    "write_bibtex",
    "write_block",
    "write_citations",
    "write_code",
    "write_equation",
    "write_inline",
    "write_plain",
    "write_sentence",
    "write_short",
    "write_strong",
    "write_symbol",
]
