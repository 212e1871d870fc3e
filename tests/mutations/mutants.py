"""The typesetting -> single changes of it that a fast test must notice, kept by hand.

Each says what it breaks: mostly one of the invariants I1–I5 (ARCHITECTURE.md) or of those that a module's docstring
tells. The old text stands once in its file; where a change of ours moves it, the mutant is mended or another one taken.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module below `imprenta/typeset/` in which `new` stands for `old`: what it breaks, which tests must notice."""

    module: str
    old: str
    new: str
    breaks: str
    tests: tuple[str, ...]


RUN, RANGE, STATE = "test_paged_run", "test_page_range", "test_build_state"

MUTANTS = (
    Mutant("checkpoints/jobs.py", '["%"] * (first - 2)', '["%"] * (first - 1)', "I1: filas del trabajo",
           ("test_jobs",)),
    Mutant("checkpoints/jobs.py", "{one.line + lines}", "{one.line}", "I1: línea de un paso tras el cambio",
           ("test_jobs", RANGE)),
    Mutant("checkpoints/jobs.py", "        if not one.floats.defer\n", "", "I2: flotantes pendientes en un paso",
           ("test_jobs", RANGE)),
    Mutant("checkpoints/paged_run.py", "return one.sum == other.sum", "return True", "I2: sumas en las costuras",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", " or begun.pages + skipped != certain.pages", "",
           "I2: página de la primera costura",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", "if begun.number != certain.number:", "if False:",
           "I2: número de la primera costura",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", "old_met.floats.defer or ", "", "I2: flotantes pendientes en la segunda costura",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", " or len(old) != len(new)", "", "I2: número con otra cantidad de cifras",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", "page.form != ARABIC or ", "", "I2: número que no es arábigo",
           (RUN, "test_numbering")),
    Mutant("checkpoints/paged_run.py", "message.after < end.line", "message.after <= end.line", "I4: avisos de antes",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", "self.written[: end.pages + 1]", "self.written[: end.pages]",
           "I4: .aux de antes",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", "shift=page.shift + lines) for page in self.pages[",
           "shift=page.shift) for page in self.pages[", "I4: líneas de las que siguen",
           (RUN,)),
    Mutant("checkpoints/paged_run.py", "tuple(line + lines for line in self.trace.lists if",
           "tuple(line for line in self.trace.lists if",
           "I4: líneas de los índices", (RUN,)),
    Mutant("checkpoints/numbering.py", "event.form != begin.form or ", "", "I2: páginas que se cuentan aparte",
           (RUN, "test_numbering")),
    Mutant("checkpoints/build_state.py", "or content_hash(pdf) != record.pdf", "", "I4: el PDF es el del registro",
           (STATE,)),
    Mutant("checkpoints/build_state.py", "if _hash_kept(kept) != record.kept:", "if False:", "I4: archivos de otra vez",
           (STATE,)),
    Mutant("checkpoints/build_state.py", "same and self.record.parted and ", "same and ",
           "I4: lo que no se compuso por partes",
           (STATE,)),
    Mutant("checkpoints/build_state.py", "{**left.files, PAGES: write_page_table(left.pages)}", "left.files",
           "I4: tabla de páginas", (STATE,)),
    Mutant("engine/job.py", " and self.source.startswith(other.head)", "", "I5: lo que ya se leyó",
           ("test_jobs", RANGE)),
    Mutant("engine/job.py", " if suffix != STEPS", "", "I5: los pasos sí pueden cambiar", ("test_jobs", RANGE)),
    Mutant("checkpoints/start.py", "start.floats_text != empty or ", "", "un tramo empieza sin flotantes",
           ("test_checkpoints", RANGE)),
    Mutant("checkpoints/start.py", "if start.page.filled.natural <= HIGH * start.page.goal:", "if True:",
           "un tramo empieza alto en la página", ("test_checkpoints", RANGE)),
    Mutant("checkpoints/state.py", "self.filled.natural != 0 and ", "", "página que se puede rellenar",
           ("test_checkpoints", RANGE, RUN)),
    Mutant("incremental/changes.py", "return [*_counted_in(old, change.old_pieces)] != ", "return [] != ",
           "lo que se cuenta de otro modo", ("test_changes",)),
    Mutant("incremental/plan.py", "(old.preamble, old.data) != (new.preamble, new.data) or ", "",
           "otro preámbulo, otros datos", ("test_changes", RANGE)),
    Mutant("incremental/list_pages.py", "if not whole and (", "if False and (", "avisos de la lista",
           ("test_list_pages",)),
    Mutant("references/bbl.py", " and counts[block.names] > 1", "", "extraname de una sola obra", ("test_bbl",)),
    Mutant("references/bbl.py", "digit = str(number)[0]", "digit = str(number)[-1]", "primera cifra del número",
           ("test_bbl",)),
    Mutant("references/entry_cache.py", " and assemble_bbl(bbl, digits) == text", "", "el .bbl de biber, byte por byte",
           ("test_entry_cache",)),
    Mutant("references/entry_cache.py", "if kept_by != made_by:", "if False:", "entradas de otro biber",
           ("test_entry_cache",)),
    Mutant("references/linked.py", "if any(key not in entries for key in cited) or ", "if ",
           "obra citada por otro nombre",
           ("test_entry_cache", "test_entries")),
    Mutant("pdf/renumber.py", "if [one.digits for one in found] != wanted:", "if False:",
           "números y enlaces, uno a uno",
           ("test_renumber",)),
    Mutant("pdf/fonts.py", "if encoding.get(code, name) != name or ", "if False or ", "la misma letra en cada código",
           ("test_pdf_fonts",)),
    Mutant("engine/control.py", "if not _HARMLESS.fullmatch(replacement)", "if False", "programas para biber",
           ("test_entries",)),
    Mutant("engine/stamps.py", "workspace.stamp(path) == stamp", "workspace.stamp(path)", "TeX de otro día",
           (STATE, "test_formats")),
    Mutant("references/list.py", '"%\\n" * (printed - 1)', '"%\\n" * printed', "I1: fila de la lista compuesta antes",
           ("test_reference_list",)),
    Mutant("references/list.py", "or self._waiting.key != key", "", "lista empezada para otras filas",
           ("test_reference_list",)),
)  # fmt: skip
