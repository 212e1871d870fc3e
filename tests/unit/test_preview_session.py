"""What the open pages are told when builds fail or are called off between two that go well."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pdfs import make_pdf

from imprenta.pipeline import Outcome, PagesReady
from imprenta.preview import pages
from imprenta.preview.identity import identify_pages
from imprenta.preview.loop import Ended
from imprenta.preview.session import Session
from imprenta.workspace import Workspace, content_hash

FIRST = make_pdf(["uno", "dos"])
LAST = make_pdf(["uno más", "dos más"])


@pytest.fixture
def session(tmp_path: Path) -> Session:
    Workspace(tmp_path).write("build/informe.pdf", FIRST)
    session = Session(Workspace(tmp_path))
    session.ended(Ended((), 1.0, Outcome(True, ())))
    return session


def end_well(session: Session, former: bytes, pdf: bytes, changed: set[int]) -> None:
    session.workspace.write("build/informe.pdf", pdf)
    session.ended(Ended((), 1.0, Outcome(True, (), changed=frozenset(changed), former=content_hash(former))))


@pytest.mark.parametrize("called_off", [False, True])
def test_a_page_of_a_build_that_came_to_nothing_is_not_taken_for_the_one_before(
    session: Session, *, called_off: bool
) -> None:
    """LaTeX has set page 1 in the build that failed, so the next one sets page 2 alone; the PDF has both."""
    session.begun(())
    if called_off:
        session.called_off()
    else:
        session.pages_ready(PagesReady(make_pdf(["uno más"]), {1: 0}))
        session.ended(Ended((), 1.0, Outcome(False, ())))
    session.begun(())
    session.pages_ready(PagesReady(make_pdf(["dos más"]), {2: 0}))
    end_well(session, make_pdf(["uno más", "dos"]), LAST, {2})
    assert [page.content for page in session.store.shown.pages] == [page.content for page in identify_pages(LAST)]


def test_after_a_build_that_went_well_only_what_was_set_is_told_apart(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.begun(())
    session.pages_ready(PagesReady(make_pdf(["dos más"]), {2: 0}))
    monkeypatch.setattr(pages, "identify_pages", lambda *_: pytest.fail("it is known what they look like"))
    end_well(session, FIRST, make_pdf(["uno", "dos más"]), {2})
    assert not any(page.provisional for page in session.store.shown.pages)
