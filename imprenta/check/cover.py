"""The cover -> the affiliations that nobody knows or that are nobody's, and what its norm asks for and is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.problems import Problem, Severity, guess_hint

if TYPE_CHECKING:
    from imprenta.model.cover import CoverForm
    from imprenta.model.paper import Paper


def check_affiliations(paper: Paper) -> list[Problem]:
    """Check that authors and `afiliaciones` of the report name the same institutions."""
    known = paper.report.affiliations
    problems = []
    used = set()
    for author in paper.report.authors:
        for text in author.affiliations:
            key = text.value.strip()
            used.add(key)
            if key not in known:
                message = f"«{key}» no está en «afiliaciones» del informe"
                problems.append(Problem("afiliacion-desconocida", message, text.span(), guess_hint(key, known)))
    for key, name in known.items():
        if key not in used:
            message = f"ningún autor es de «{key}», que no sale en la portada"
            hint = f"ponga «afiliaciones: [{key}]» a un autor, o bórrela"
            problems.append(Problem("afiliacion-sin-usar", message, name.span(), hint, Severity.WARNING))
    return problems


NORM_ASKS: dict[CoverForm, tuple[tuple[str, str], ...]] = {
    "icontec": (
        ("kind", "tipo"),
        ("teacher", "docente"),
        ("institution", "institucion"),
        ("program", "programa"),
        ("city", "ciudad"),
        ("date", "fecha"),
    ),
    "apa": (("institution", "institucion"), ("course", "curso"), ("teacher", "docente"), ("date", "fecha")),
}
"""What the cover of a norm tells besides title and authors (NTC 1486, 6.ª ed., 4.1.3; APA 7, 2.3): field and key."""


def check_cover(paper: Paper) -> list[Problem]:
    """Check that a cover after a norm has all that the norm asks for; an institution may be the authors' own."""
    report = paper.report
    form = report.cover_form
    affiliated = any(author.affiliation is not None or author.affiliations for author in report.authors)
    missing = [
        key
        for field, key in NORM_ASKS.get(form, ())
        if getattr(report, field) is None and not (field == "institution" and affiliated)
    ]
    if not missing:
        return []
    message = f"a la portada «{form}» le falta {', '.join(missing)}"
    hint = "añádalo al informe; si no hace al caso: «comprobacion: {gravedad: {portada-incompleta: nada}}»"
    return [Problem("portada-incompleta", message, report.title.span(), hint, Severity.WARNING)]
