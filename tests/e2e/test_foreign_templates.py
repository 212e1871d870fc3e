"""What a report's own templates may not make biber do: run a program, fetch something, read outside its folder."""

from __future__ import annotations

import http.server
import threading
from pathlib import Path

import pytest
from laws import CASES, lay_case, run_order, write_files
from reading import ROOT

from imprenta.typeset.engine.control import find_dangers

pytestmark = pytest.mark.tex
BIBLIOGRAPHY = "templates/bibliografia.tex.j2"


def with_template(folder: Path, more: str, *, before: bool = False) -> Path:
    own = (ROOT / BIBLIOGRAPHY).read_text(encoding="utf-8")
    return write_files(lay_case("", folder), {BIBLIOGRAPHY: more + own if before else own + more})


def test_a_replacement_that_is_a_program_is_not_run(tmp_path: Path) -> None:
    more = (CASES / "faults/biber-command/append-to-bibliografia.tex.j2").read_text(encoding="utf-8")
    run = run_order("build", with_template(tmp_path, more))
    assert run.status == 1
    assert run.codes() == {"biber-fallo"}
    assert {problem.path for problem in run.problems} == {BIBLIOGRAPHY}
    assert "ejecutaría" in run.problems[0].message
    assert not list(tmp_path.rglob("pwned"))
    assert not (tmp_path / "build/informe.pdf").exists()


def test_a_source_that_is_an_address_is_not_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        more = f"\\addbibresource[location=remote]{{http://127.0.0.1:{server.server_port}/x.bib}}\n"
        run = run_order("build", with_template(tmp_path, more))
        server.shutdown()
    assert run.status == 1
    assert run.codes() == {"biber-fallo"}
    assert asked == []


@pytest.mark.parametrize(
    ("step", "count"),
    [
        ('map_replace="$1 y $2, (a)."', 0),
        ('map_replace="@{[qx(id)]}"', 1),
        ('map_replace="&quot;.qx(id).&quot;"', 1),
        ('map_replace="${\\ qx(id)}"', 1),
        ('map_match="(?{system(1)})" map_replace="a"', 1),
        ('map_field_set="a" map_field_value="b"', 0),
    ],
)
def test_the_dangers_of_a_source_map(step: str, count: int) -> None:
    space = 'xmlns:bcf="https://sourceforge.net/projects/biblatex"'
    control = f"<bcf:controlfile {space}><bcf:map_step {step}/></bcf:controlfile>"
    assert len(find_dangers(control)) == count


@pytest.mark.parametrize("name", ["../otra.bib", "/etc/passwd", "a/b.bib", "https://example.org/a.bib"])
def test_a_source_elsewhere_is_a_danger(name: str) -> None:
    space = 'xmlns:bcf="https://sourceforge.net/projects/biblatex"'
    control = f'<bcf:controlfile {space}><bcf:datasource glob="false">{name}</bcf:datasource></bcf:controlfile>'
    assert len(find_dangers(control)) == 1
    assert find_dangers(control.replace(name, "references.bib")) == []
