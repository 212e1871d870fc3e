"""`build.py watch` on a small report, from the save to the terminal, the PDF and the page in Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading import read_text, run_build
from watching import ROOT, WatchProcess, chromium, looks, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.tex, pytest.mark.timeout(600)]

SECTION = "paper/secciones/rio.yaml"
PDF = "build/informe.pdf"


@pytest.fixture(scope="module")
def built(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("muestra")
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    (folder / "paper/vocabulario.txt").write_text("Guadalete\n", encoding="utf-8")
    finished = run_build(project=folder)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built report, to be changed."""
    shutil.copytree(built, tmp_path / "copia")
    return tmp_path / "copia"


@pytest.fixture
def watch(project: Path) -> Iterator[WatchProcess]:
    running = WatchProcess(project)
    running.wait_for("primera construcción: ")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_saves_are_built_until_the_user_ends_it(project: Path) -> None:
    watch = WatchProcess(project)
    watch.wait_for("primera construcción: ")
    replace(project / SECTION, "Con nota", "Con otra nota")
    line = watch.wait_for(f"{SECTION}: ")
    assert " páginas en " in line
    assert "Con otra nota" in read_text(project / PDF)
    subprocess.run(["sed", "-i", "s/Con otra nota/Con nota nueva/", SECTION], cwd=project, check=True)
    watch.wait_for(f"{SECTION}: ", after=len(watch.lines))
    assert "Con nota nueva" in read_text(project / PDF)
    assert watch.stop() == 0
    assert "se dejó de vigilar" in watch.lines[-1]
    assert not any("Traceback" in line for line in watch.lines)


def test_problems_come_and_go_on_the_terminal_and_the_last_pdf_stays(project: Path, watch: WatchProcess) -> None:
    before = (project / PDF).read_bytes()
    replace(project / SECTION, "Con nota[^n] y fórmula $Q = v A$ [@ruiz2020]", "Con nota[^n] y fórmula [@ruis2020]")
    watch.wait_for(f"{SECTION}: 1 error; no se hizo un PDF nuevo")
    watch.wait_for("la cita «ruis2020» no está en references.bib")
    watch.wait_for("pista: ¿«ruiz2020»?")
    assert (project / PDF).read_bytes() == before
    said = len(watch.lines)
    replace(project / SECTION, "Con nota[^n]", "\n\n      Con nota[^n]")  # the error moves to another line
    watch.wait_for("1 error; no se hizo un PDF nuevo", after=said)
    replace(project / SECTION, "[@ruis2020]", "[@ruiz2020]")
    watch.wait_for(f"{SECTION}: sin problemas; ", after=said)
    watch.wait_for("resuelto: paper/secciones/rio.yaml: la cita «ruis2020»", after=said)
    assert (project / PDF).read_bytes() != before


def test_a_save_during_a_build_is_what_is_built(project: Path, watch: WatchProcess) -> None:
    for number in range(6):
        replace(project / SECTION, "Con nota" if number == 0 else f"Con vez {number - 1}", f"Con vez {number}")
        if number % 2:
            while not (project / "build/latex/informe.log").is_file():
                pass
    said = len(watch.lines)
    while "Con vez 5" not in read_text(project / PDF):
        watch.wait_for(f"{SECTION}: ", after=said)
        said = len(watch.lines)
    assert not any("error" in line for line in watch.lines), watch.lines


def test_a_function_without_end_keeps_nothing_waiting(project: Path, watch: WatchProcess) -> None:
    program, begun = project / "figures/curva.py", project / "build/dibuja"
    sound = program.read_text()
    endless = f"def dibujar(ejes, datos):\n    open({str(begun)!r}, 'w').close()\n    while True:\n        pass\n"
    for mended in (f"{sound}\n# mended\n", ""):
        program.write_text(endless)
        while not begun.is_file():
            time.sleep(0.01)
        begun.unlink()
        if mended:
            program.write_text(mended)
            watch.wait_for("figures/curva.py: 6 páginas en ")
    assert watch.stop() == 0
    assert "se dejó de vigilar" in watch.lines[-1]


def test_the_port_and_the_editor_are_checked_before_anything_is_built(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        finished = run_build("watch", "--port", str(port), project=project)
    assert finished.returncode == 2
    assert f"no se puede usar el puerto {port}" in finished.stderr
    for arguments, words in (
        (("--port", "mil"), "un puerto es un número de 1 a 65535, no «mil»"),
        (("--editor", "code {archivo}"), "no se entiende la orden del editor: «code {archivo}»"),
    ):
        finished = run_build("watch", *arguments, project=project)
        assert finished.returncode == 2
        assert words in finished.stderr


def test_a_folder_without_a_report_is_not_watched(tmp_path: Path) -> None:
    finished = run_build("watch", project=tmp_path)
    assert finished.returncode == 1
    assert "no hay «paper/informe.yaml»" in finished.stderr


def test_one_report_is_watched_once(project: Path, watch: WatchProcess) -> None:
    finished = run_build("watch", project=project)
    assert finished.returncode == 1
    assert f"este informe ya se vigila: {watch.address}" in finished.stderr


def test_being_ended_by_another_program_leaves_nothing_behind(project: Path) -> None:
    command = [sys.executable, "-u", str(ROOT / "build.py"), "watch", "--project", str(project)]
    shutil.rmtree(project / "build")
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert "vista previa" in process.stdout.readline()
        while not (project / "build/latex/informe.log").is_file():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        assert process.wait(60) == 0
    folders = []
    for process_folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended
            folders.append(os.readlink(process_folder / "cwd"))
    assert len(folders) > 1
    assert [folder for folder in folders if folder.startswith(str(project))] == []


def test_the_page_in_the_browser_follows_the_saves(browser: Browser, project: Path, watch: WatchProcess) -> None:
    page = open_page(browser, watch.address)
    page.wait_for_function("() => document.getElementById('state').innerText === 'Al día'")
    before = looks(page)
    replace(project / SECTION, "Con nota", "Con otra nota")
    page.wait_for_function("(before) => [...document.querySelectorAll('.page')].some((one, index) => "
                           "one.dataset.content !== before[index])", arg=before)  # fmt: skip
    watch.wait_for(f"{SECTION}: ")
    page.wait_for_selector(".provisional", state="detached")
    after = looks(page)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    replace(project / SECTION, "[@ruiz2020, p. 3]", "[@ruis2020, p. 3]")
    page.wait_for_selector("#problems:visible")
    assert "paper/secciones/rio.yaml:8:" in page.inner_text("#problem-list")
    assert looks(page) == after
    replace(project / SECTION, "[@ruis2020, p. 3]", "[@ruiz2020, p. 3]")
    page.wait_for_selector("#problems", state="hidden")
    assert looks(page) == after


def test_a_click_on_a_word_tells_the_line_that_it_was_written_on(
    browser: Browser, project: Path, watch: WatchProcess
) -> None:
    page = open_page(browser, watch.address)
    lines = (project / SECTION).read_text().splitlines()
    for added in (0, 3):
        if added:  # after a build in the fast way too
            replace(project / SECTION, "Con nota", "\n\n\n      Con nota clara")
            watch.wait_for(f"{SECTION}: ")
        words = page.locator(".layer span", has_text="Con nota").first
        page.wait_for_selector(f".layer span:has-text('Con nota{' clara' if added else ''}')")
        words.scroll_into_view_if_needed()
        words.click(position={"x": 12, "y": 4})
        number = next(at for at, line in enumerate(lines, 1) if "Con nota" in line) + added
        page.wait_for_function(
            "words => document.getElementById('place-words').innerText === words", arg=f"{SECTION}, línea {number}"
        )


def test_a_page_that_stayed_open_finds_the_next_watch(browser: Browser, project: Path) -> None:
    watch = WatchProcess(project)
    pages = [open_page(browser, watch.address), open_page(browser, watch.address)]
    watch.wait_for("primera construcción: ")
    before = looks(pages[0])
    watch.stop()
    for page in pages:
        page.wait_for_function("() => document.getElementById('state').innerText === 'Sin conexión'")
        assert looks(page) == before
    replace(project / SECTION, "Con nota", "Con otra nota")
    again = WatchProcess(project)
    try:
        assert again.address == watch.address
        for page in pages:
            page.wait_for_function("(before) => [...document.querySelectorAll('.page')].some((one, index) => "
                                   "one.dataset.content !== before[index])", arg=before)  # fmt: skip
            page.wait_for_function("() => document.getElementById('state').innerText === 'Al día'")
            page.click("#pagina-1", position={"x": 40, "y": 40})  # what it asks needs the new token
            page.wait_for_selector("#place:visible")
            assert "No se pudo" not in page.inner_text("#place-words")
    finally:
        again.stop()
