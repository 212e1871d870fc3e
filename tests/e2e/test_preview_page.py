"""The preview page in Chromium, with small PDFs that are shown as builds would show them."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from npm import install_locked
from small_pdfs import make_pdf
from watching import chromium, looks, open_page

from imprenta.pipeline import Outcome, PagesReady
from imprenta.preview.editor import Editor
from imprenta.preview.loop import Ended
from imprenta.preview.server import PreviewServer
from imprenta.preview.session import Session
from imprenta.problems import Problem, Severity, Span
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "axe"
RECORDER = "import json, sys; open('abierto.json', 'w').write(json.dumps(sys.argv[1:]))"
PROBLEM = Problem(
    "cita-desconocida", "la cita «ruis» no está en references.bib", Span("paper/rio.yaml", 2, 5, 2, 10), "¿«ruiz»?",
    related=((Span("references.bib", 7, 1), "aquí está «ruiz»"),),
)  # fmt: skip
WARNING = Problem("celda-sin-fuente", "la celda no tiene fuente", Span("paper/rio.yaml", 1), severity=Severity.WARNING)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Preview:
    """A session that is served, whose builds are the test's."""

    def __init__(self, root: Path) -> None:
        (root / "paper").mkdir()
        (root / "build").mkdir()
        (root / "paper/rio.yaml").write_text("titulo: El río\ny: [@ruis] nada\n", encoding="utf-8")
        self.root = root
        self.asked: list[tuple[int, float, float]] = []
        workspace = Workspace(root)
        self.session = Session(workspace)
        editor = Editor(workspace, f"'{sys.executable}' -c \"{RECORDER}\" {{file}} {{line}} {{column}}")
        self.server = PreviewServer(self.session, editor, self._where)
        self.address = self.server.open()

    def _where(self, page: int, x: float, y: float) -> Span | None:
        self.asked.append((page, x, y))
        return Span("paper/rio.yaml", 2, 4) if y < 100 else None

    def show(self, pages: list[str], *problems: Problem, **settings: Any) -> None:
        """End a build well."""
        (self.root / "build/informe.pdf").write_bytes(make_pdf(pages, **settings))
        self.session.ended(Ended((), 0.1, Outcome(True, problems)))

    def fail(self, *problems: Problem) -> None:
        """End a build that made no PDF."""
        self.session.ended(Ended((), 0.1, Outcome(False, problems)))

    def opened(self, page: Page) -> list[str]:
        """Return what the editor was called with; it is another program, which may take its time."""
        while not (self.root / "abierto.json").is_file() or not (self.root / "abierto.json").read_text():
            page.wait_for_timeout(20)
        words: list[str] = json.loads((self.root / "abierto.json").read_text())
        (self.root / "abierto.json").unlink()
        return words


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    serving = Preview(tmp_path)
    yield serving
    serving.server.close()


TEN = [f"Pagina {number}\nletra {chr(64 + number)}" for number in range(1, 11)]


def wait_for_looks(page: Page, preview: Preview) -> None:
    """Wait until the browser shows what the session shows, and what is seen of it is drawn."""
    wanted = [shown.content for shown in preview.session.store.shown.pages]
    page.wait_for_function(
        """wanted => {
            const pages = [...document.querySelectorAll(".page")];
            const isSeen = ({ top, bottom }) => bottom > 60 && top < innerHeight;
            const isRight = (one, index) => one.dataset.content === wanted[index] &&
                (one.dataset.shown ?? (isSeen(one.getBoundingClientRect()) ? "" : wanted[index])) === wanted[index];
            return pages.length === wanted.length && pages.every(isRight);
        }""",
        arg=wanted,
    )


def place_of(page: Page, number: int) -> float:
    """Return where a page's upper edge is in the window."""
    top: float = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", f"pagina-{number}")
    return top


def current(page: Page) -> str:
    return page.input_value("#page-number")


def go_to(page: Page, number: int) -> None:
    page.keyboard.press("g")
    page.keyboard.type(str(number))
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#pagina-{number}[data-shown]")


def test_only_a_changed_page_is_replaced_and_the_place_is_kept(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    go_to(page, 4)
    page.mouse.wheel(0, 137)
    page.wait_for_function("() => document.getElementById('viewport').scrollTop % 10 !== 0")
    page.keyboard.press("+")
    wait_for_looks(page, preview)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.picture img')].every((image) => image.naturalWidth === image.width)"
    )  # pictures of the size before would be replaced too
    before, place, size = looks(page), place_of(page, 5), page.text_content("#zoom")
    page.evaluate("for (const image of document.querySelectorAll('.picture img')) image.dataset.old = 'yes'")
    preview.show([*TEN[:4], "Pagina 5\nletra nueva", *TEN[5:]])
    wait_for_looks(page, preview)
    changed = [one != other for one, other in zip(before, looks(page), strict=True)]
    assert changed == [number == 5 for number in range(1, 11)]
    shown = page.eval_on_selector_all(".page", "all => all.map(one => one.querySelector('img')?.dataset.old ?? '')")
    assert (shown[3], shown[4]) == ("yes", "")
    assert place_of(page, 5) == place
    assert page.evaluate("document.getElementById('viewport').scrollTop") % 1 == 0  # or all pictures would be blurred
    assert page.text_content("#zoom") == size


def test_the_changed_spot_is_marked(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    preview.show(["Pagina 1\nletra nueva", *TEN[1:]])
    mark = page.wait_for_selector("#pagina-1 .mark")
    assert mark is not None
    box, sheet = mark.bounding_box(), page.locator("#pagina-1").bounding_box()
    assert box is not None
    assert sheet is not None
    middle = (box["y"] + box["height"] / 2 - sheet["y"]) / sheet["height"] * 500
    assert 65 < middle < 90  # the second line, in points
    assert box["height"] < sheet["height"] / 10
    page.wait_for_selector(".mark", state="detached")


def test_a_change_that_is_not_seen_can_be_gone_to_and_followed(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    preview.show([*TEN[:6], "Pagina 7\nletra nueva", *TEN[7:]])
    page.wait_for_selector("#change-button:visible")
    assert page.text_content("#change-words") == "Cambio en la p. 7"
    assert current(page) == "1"
    page.keyboard.press(".")
    page.wait_for_selector("#pagina-7 .mark")
    assert current(page) == "7"
    go_to(page, 1)
    page.keyboard.press("s")
    assert page.get_attribute("#follow", "aria-pressed") == "true"
    page.wait_for_function("() => document.getElementById('page-number').value === '7'")
    preview.show([*TEN[:2], "Pagina 3\nletra otra", *TEN[3:6], "Pagina 7\nletra nueva", *TEN[7:]])
    page.wait_for_function("() => document.getElementById('page-number').value === '3'")
    page.reload()
    page.wait_for_selector(".page[data-shown]")
    assert page.get_attribute("#follow", "aria-pressed") == "true"


@pytest.mark.parametrize(
    "after",
    [
        ["Pagina 1\nprologo", *(f"Pagina {number + 1}\nletra {chr(64 + number)}" for number in range(1, 11))],
        [f"Pagina {number - 1}\nletra {chr(64 + number)}" for number in range(2, 11)],
    ],
)
def test_the_place_is_kept_when_pages_come_or_go_before_it(
    browser: Browser, preview: Preview, after: list[str]
) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    go_to(page, 6)
    place = place_of(page, 6)
    preview.show(after)
    wait_for_looks(page, preview)
    number = next(number for number, words in enumerate(after, 1) if words.endswith("letra F"))
    assert number != 6
    assert place_of(page, number) == place
    assert current(page) == str(number)


def test_pages_are_paired_in_order_whatever_comes_and_goes(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    source = random.Random(5)
    cases = []
    for _ in range(400):
        before = [source.choice("abcdefgh") for _ in range(source.randint(0, 9))]
        after = [word for word in before if source.random() < 0.8]
        for _ in range(source.randint(0, 3)):
            after.insert(source.randint(0, len(after)), source.choice("abcdexyz"))
        cases.append((before, after))
    paired = page.evaluate(
        """async (cases) => {
            const { pairPages } = await import("./pairing.js");
            return cases.map(([before, after]) => pairPages(before, after));
        }""",
        cases,
    )
    assert len(paired) == len(cases)
    for (before, after), pairs in zip(cases, paired, strict=True):
        found = [pair for pair in pairs if pair >= 0]
        assert len(pairs) == len(after)
        assert found == sorted(set(found)), (before, after, pairs)
        assert all(0 <= pair < len(before) for pair in found)
        if before == after:
            assert pairs == list(range(len(before)))
        if len(after) <= len(before) and after == before[: len(after)]:
            assert pairs == list(range(len(after)))


def test_an_error_opens_the_panel_and_keeps_the_pages_until_it_is_mended(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    before = looks(page)
    assert not page.is_visible("#problems")
    preview.fail(PROBLEM, WARNING)
    page.wait_for_selector("#problems:visible")
    words = page.inner_text("#problem-list")
    for expected in (
        "paper/rio.yaml:2:5",
        PROBLEM.message[1:],
        "pista: ¿«ruiz»?",
        "y: [@ruis] nada",
        WARNING.message[1:],
    ):
        assert expected in words
    assert page.text_content(".line mark") == "@ruis"
    assert page.inner_text("#state") == "1 error, 1 aviso"
    assert page.is_visible("#kept")
    assert looks(page) == before
    preview.show(TEN, WARNING)
    page.wait_for_function("() => document.getElementById('state').innerText === '1 aviso'")
    assert page.locator(".problem").count() == 1
    assert not page.is_visible("#kept")
    preview.show(TEN)
    page.wait_for_selector("#problems", state="hidden")
    assert page.locator(".problem").count() == 0
    assert page.inner_text("#state") == "Al día"


def test_a_problem_opens_its_place_in_the_editor(browser: Browser, preview: Preview) -> None:
    (preview.root / "references.bib").write_text("@book{ruiz}\n")
    preview.show(TEN)
    page = open_page(browser, preview.address)
    preview.fail(PROBLEM)
    page.click(".problem .open")
    assert preview.opened(page) == [str(preview.root / "paper/rio.yaml"), "2", "5"]
    page.click(".problem .related")
    assert preview.opened(page) == [str(preview.root / "references.bib"), "7", "1"]
    (preview.root / "references.bib").unlink()
    page.click(".problem .related")
    page.wait_for_function(
        "() => document.querySelector('.failure').textContent.includes('no existe «references.bib»')"
    )


def test_a_click_tells_the_line_and_opens_it(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    size = page.locator("#pagina-1").bounding_box()
    assert size is not None
    point = {"x": size["width"] * 0.2, "y": size["height"] * 0.11}
    page.click("#pagina-1", position=point)  # type: ignore[arg-type]
    page.wait_for_selector("#place:visible")
    assert page.inner_text("#place-words") == "paper/rio.yaml, línea 2"
    number, x, y = preview.asked[-1]
    assert (number, x, y) == (1, pytest.approx(80, abs=1), pytest.approx(55, abs=1))
    page.keyboard.press("Enter")
    assert preview.opened(page) == [str(preview.root / "paper/rio.yaml"), "2", "4"]
    page.click("#place-open")
    assert preview.opened(page) == [str(preview.root / "paper/rio.yaml"), "2", "4"]
    page.keyboard.press("Escape")
    page.wait_for_selector("#place", state="hidden")
    page.dblclick("#pagina-1", position=point)  # type: ignore[arg-type]
    assert preview.opened(page) == [str(preview.root / "paper/rio.yaml"), "2", "4"]
    page.click("#pagina-1", position={"x": size["width"] * 0.7, "y": size["height"] * 0.8})
    page.wait_for_function("() => document.getElementById('place-words').textContent.includes('No se sabe')")
    assert not page.is_visible("#place-open")


def test_the_text_can_be_found_selected_and_read_aloud(browser: Browser, preview: Preview) -> None:
    preview.show([*TEN, "Once palabras\nescondidas"])
    page = open_page(browser, preview.address)
    page.wait_for_function("() => document.getElementById('pagina-11')?.innerText.includes('escondidas')")
    assert page.evaluate("window.find('escondidas')")
    assert page.evaluate("getSelection().toString()") == "escondidas"
    assert page.evaluate("getSelection().anchorNode.parentElement.closest('.page').id") == "pagina-11"
    assert page.locator("section[aria-label='Página 11']").count() == 1
    box = page.locator("#pagina-1 .layer span").first.bounding_box()
    sheet = page.locator("#pagina-1").bounding_box()
    assert box is not None
    assert sheet is not None
    assert (box["x"] - sheet["x"]) / sheet["width"] == pytest.approx(50 / 400, abs=0.01)
    width = preview.session.store.read_text(preview.session.store.shown.pages[0].content)[0][0][1].width
    assert box["width"] / sheet["width"] == pytest.approx(width / 400, abs=0.01)


def test_links_and_contents_jump(browser: Browser, preview: Preview) -> None:
    preview.show(TEN, links=[(0, 7), (1, "https://example.org/")], headings=[("Inicio", 0), ("Fin del informe", 9)])
    page = open_page(browser, preview.address)
    link = page.wait_for_selector("#pagina-1 a")
    assert link is not None
    assert link.get_attribute("aria-label") == "Ir a Pagina 1"
    link.click()
    page.wait_for_function("() => document.getElementById('page-number').value === '8'")
    outer = page.wait_for_selector("#pagina-2 a", state="attached")
    assert outer is not None
    assert (outer.get_attribute("href"), outer.get_attribute("target")) == ("https://example.org/", "_blank")
    assert page.title() == "Informe de prueba · vista previa"
    page.keyboard.press("c")
    page.click("#headings a:has-text('Fin del informe')")
    page.wait_for_function("() => document.getElementById('page-number').value === '10'")
    page.wait_for_selector("#headings a[aria-current]:has-text('Fin del informe')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#contents", state="hidden")


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_pages_are_sharp_at_any_size(browser: Browser, preview: Preview, ratio: int) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address, device_scale_factor=ratio)
    go_to(page, 3)
    for key, words in (("0", "100 %"), ("+", "110 %"), ("-", "100 %"), ("-", "90 %")):
        page.keyboard.press(key)
        assert page.text_content("#zoom") == words
        page.wait_for_function(
            """ratio => {
                const image = document.querySelector("#pagina-3 img");
                const width = document.getElementById("pagina-3").getBoundingClientRect().width;
                return image && Math.abs(image.naturalWidth - width * ratio) < 0.01;
            }""",
            arg=ratio,
        )
        assert current(page) == "3"
    for _ in range(13):
        page.keyboard.press("+")
    assert page.text_content("#zoom") == "800 %"
    page.wait_for_function(
        """ratio => {
            const number = document.getElementById("page-number").value;
            const sheet = document.getElementById(`pagina-${number}`);
            const images = [...sheet.querySelectorAll("img")];
            return images.length > 0 && images.length < 20 && images.every((image) =>
                Math.abs(image.getBoundingClientRect().width * ratio - image.naturalWidth) < 1.5);
        }""",
        arg=ratio,
    )


def test_two_tabs_show_the_same_and_keep_their_own_places(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    first, second = open_page(browser, preview.address), open_page(browser, preview.address)
    go_to(second, 9)
    preview.show([*TEN[:8], "Pagina 9\nletra nueva", *TEN[9:]])
    for page, number in ((first, "1"), (second, "9")):
        wait_for_looks(page, preview)
        assert current(page) == number
    preview.fail(PROBLEM)
    preview.session.begun(("paper/rio.yaml",))
    for page in (first, second, open_page(browser, preview.address)):
        page.wait_for_selector("#problems:visible")
        assert page.locator(".problem").count() == 1


def test_provisional_pages_are_told_apart_until_the_whole_is_there(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    before = looks(page)
    preview.session.begun(("paper/rio.yaml",))
    preview.session.pages_ready(PagesReady(make_pdf(["Pagina 2\nnueva"]), {2: 0}))
    page.wait_for_selector("#pagina-2.provisional")
    assert page.locator(".provisional").count() == 1
    wait_for_looks(page, preview)
    early = looks(page)
    assert early[1] != before[1]
    preview.show([TEN[0], "Pagina 2\nnueva", *TEN[2:]])
    page.wait_for_selector(".provisional", state="detached")
    assert looks(page) == early
    preview.session.pages_ready(PagesReady(make_pdf(["Pagina 2\nmala"]), {2: 0}))
    page.wait_for_selector("#pagina-2.provisional")
    preview.fail(PROBLEM)
    page.wait_for_selector(".provisional", state="detached")
    wait_for_looks(page, preview)
    assert looks(page) == early


def test_the_place_outlives_a_reload(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = open_page(browser, preview.address)
    go_to(page, 6)
    place = place_of(page, 6)
    page.reload()
    page.wait_for_selector("#pagina-6[data-shown]")
    assert place_of(page, 6) == pytest.approx(place, abs=1)


def test_before_the_first_pdf_the_page_says_what_goes_on(browser: Browser, preview: Preview) -> None:
    page = browser.new_page()
    page.goto(preview.address)
    page.wait_for_selector("#nothing:visible")
    preview.session.begun(())
    preview.session.step("biber")
    page.wait_for_function("() => document.getElementById('nothing').innerText.includes('biber')")
    preview.fail(PROBLEM)
    page.wait_for_function("() => document.getElementById('nothing').innerText.includes('hay problemas que corregir')")
    preview.show(TEN)
    page.wait_for_selector(".page[data-shown]")
    assert not page.is_visible("#nothing")


def test_nothing_is_fetched_from_elsewhere_and_nothing_goes_wrong(browser: Browser, preview: Preview) -> None:
    preview.show(TEN)
    page = browser.new_page()
    fetched: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(preview.address)
    page.wait_for_selector(".page[data-shown]")
    for key in ("c", "e", "?", "Escape", "i", "i", "w", "t"):
        page.keyboard.press(key)
    assert len(fetched) > 10
    assert [url for url in fetched if not url.startswith(preview.address)] == []
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 400])
def test_axe_finds_nothing_serious(browser: Browser, preview: Preview, scheme: str, width: int) -> None:
    axe = install_locked(AXE, "axe") / "axe-core/axe.min.js"
    preview.show(TEN, links=[(0, 7)], headings=[("Inicio", 0), ("Fin del informe", 9)])
    page = open_page(browser, preview.address, color_scheme=scheme, viewport={"width": width, "height": 800},
                     bypass_csp=True)  # fmt: skip
    page.wait_for_selector("#pagina-1 a")
    page.add_script_tag(path=axe)

    def examine() -> list[str]:
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert len(result["passes"]) > 10
        return [
            f"{found['id']}: {found['nodes'][0]['html']} {found['nodes'][0]['failureSummary']}"
            for found in result["violations"]
            if found["impact"] in ("serious", "critical")
        ]

    assert examine() == []
    preview.fail(PROBLEM, WARNING)
    page.wait_for_function("() => document.getElementById('state').dataset.kind === 'error'")
    if not page.is_visible("#problems"):
        page.keyboard.press("e")
    page.keyboard.press("c")
    page.wait_for_selector("#headings a")
    page.click("#pagina-1", position={"x": 340, "y": 60})
    page.wait_for_selector("#place:visible")
    assert examine() == []
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    assert examine() == []
