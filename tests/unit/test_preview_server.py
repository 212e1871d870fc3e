"""The preview's server: it answers its own page on this machine, and nobody else."""

from __future__ import annotations

import http.client
import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_pdfs import make_pdf

from imprenta.preview.editor import DEFAULT, Editor
from imprenta.preview.server import PreviewServer
from imprenta.preview.session import Session
from imprenta.problems import CannotContinue, Span
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


class Client:
    """Asks a server, with the headers of its own page unless it is told others."""

    def __init__(self, server: PreviewServer, address: str) -> None:
        self.server = server
        address, _, self.key = address.strip("/").rpartition("/")
        self.port = int(address.rpartition(":")[2])

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": f"127.0.0.1:{self.port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        if method == "POST":
            sent = {"X-Imprenta": self.server.token, **sent}
        connection.request(method, f"/{self.key}{path}", None if body is None else json.dumps(body), sent)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, dict(answer.getheaders())

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        status, data, _ = self.ask("GET", path, **headers)
        return status, json.loads(data)

    def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        status, data, _ = self.ask("POST", path, body, **headers)
        return status, json.loads(data)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "build").mkdir()
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper/río y mar.yaml").touch()
    (tmp_path / "build/informe.pdf").write_bytes(make_pdf(["uno", "dos"], links=[(0, 1)], headings=[("A", 1)]))
    workspace = Workspace(tmp_path)
    where = {1: Span("paper/río y mar.yaml", 3, 5)}
    server = PreviewServer(Session(workspace), Editor(workspace), lambda page, x, y: where.get(page))
    yield Client(server, server.open())
    server.close()


def look(client: Client, number: int = 1) -> str:
    return client.server.session.store.shown.pages[number - 1].content


def test_the_page_and_its_parts_are_served_with_a_strict_policy(client: Client) -> None:
    status, data, headers = client.ask("GET", "/")
    assert status == 200
    assert b'<html lang="es">' in data
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    for path, kind in (("/main.js", "text/javascript"), ("/page.css", "text/css"), ("/icono.svg", "image/svg+xml")):
        status, _, headers = client.ask("GET", path)
        assert (status, headers["Content-Type"].split(";")[0]) == (200, kind)
    assert client.server.token.encode() not in data


def test_pictures_texts_links_changes_and_contents_are_served(client: Client) -> None:
    status, data, headers = client.ask("GET", f"/pagina/{look(client)}/100.png")
    assert (status, data[:4], headers["Content-Type"]) == (200, b"\x89PNG", "image/png")
    assert client.ask("GET", f"/pagina/{look(client)}/100/10-10-50-50.png")[0] == 200
    status, text = client.get(f"/pagina/{look(client)}/texto")
    assert (status, text["text"][0][0], text["links"]) == (200, "uno", [[45.0, 45.0, 155.0, 20.0, ""]])
    assert client.get(f"/pagina/{look(client)}/enlace/0") == (200, {"page": 2, "top": 100.0})
    assert client.get(f"/pagina/{look(client)}/enlace/4") == (200, None)
    status, areas = client.get(f"/cambios/{look(client)}/{look(client, 2)}")
    assert (status, len(areas)) == (200, 1)
    assert client.get("/contenido") == (200, {"title": "Informe de prueba", "entries": [[0, "A", 2, 100.0]]})


@pytest.mark.parametrize(
    "path",
    ["/nada", "/../workspace.py", "/%2e%2e/server.py", "/pagina/0000000000000000/100.png", "/pagina/x/100.png",
     "/pagina/0000000000000000/texto", "/cambios/0000000000000000/0000000000000000"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path)[0] == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost.example.org:{port}", ""])
def test_a_name_that_was_made_to_lead_here_is_refused(client: Client, host: str) -> None:
    assert client.get("/", Host=host.format(port=client.port))[0] == 421
    assert client.post("/lugar", {"page": 1, "x": 0, "y": 0}, Host=host.format(port=client.port))[0] == 421
    assert client.ask("GET", "/", Host=f"localhost:{client.port}")[0] == 200


def test_other_pages_of_the_browser_are_refused(client: Client) -> None:
    picture = f"/pagina/{look(client)}/100.png"
    assert client.get(picture, Origin="http://example.org")[0] == 403
    assert client.get(picture, Origin="null")[0] == 403
    assert client.get(picture, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403
    assert client.get("/eventos", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="cors")[0] == 403
    assert client.ask("GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200
    assert client.ask("GET", picture, Origin=f"http://127.0.0.1:{client.port}", Sec_Fetch_Site="same-origin")[0] == 200
    assert client.post("/lugar", {"page": 1, "x": 0, "y": 0}, Origin="http://example.org")[0] == 403


@pytest.mark.parametrize("path", ["/", "/main.js", "/eventos", "/contenido", "/abrir", "/pagina/{look}/100.png"])
def test_nothing_is_answered_to_who_has_not_the_address(client: Client, path: str) -> None:
    """Any user of this machine reaches the port: the address is for the one who was told it."""
    key, path = client.key, path.format(look=look(client))
    for client.key in ("", "x", key[:-1], f"{key}0", f"x/{key}", f"../{key}", key.upper()):
        status, data, _ = client.ask("GET", path)
        assert status in (403, 404), client.key
        assert client.server.token.encode() not in data
        assert key.encode() not in data
        assert client.post(path, {"path": "paper/río y mar.yaml", "line": 1, "column": 1})[0] in (403, 404)


def test_the_address_is_the_same_each_time_and_another_for_another_report(tmp_path: Path) -> None:
    keys = []
    for name in ("a", "a", "b"):
        workspace = Workspace(tmp_path / name)
        keys.append(PreviewServer(Session(workspace), Editor(workspace), lambda *_: None).key)
    assert keys[0] == keys[1] != keys[2]
    assert len(keys[0]) == 64


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/lugar", b'{"page": 1e999, "x": 0, "y": 0}'),
        ("/lugar", b"[" * 60_000),
        ("/vista", b"\xff\xfe"),
        ("/visto", b""),
    ],
)
def test_what_breaks_readers_is_answered_too(client: Client, path: str, body: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
    headers = {"X-Imprenta": client.server.token}
    connection.request("POST", f"/{client.key}{path}", body, headers)
    assert connection.getresponse().status == 400
    connection.close()


@pytest.mark.parametrize("line", ["GET http://[ HTTP/1.1", f"POST @/lugar HTTP/1.1\r\nContent-Length: {'9' * 5000}"])
def test_an_address_or_a_length_that_is_none_is_answered(client: Client, line: str) -> None:
    head = f"Host: 127.0.0.1:{client.port}\r\nX-Imprenta: {client.server.token}"
    with socket.create_connection(("127.0.0.1", client.port), timeout=60) as connection:
        connection.sendall(f"{line.replace('@', f'/{client.key}')}\r\n{head}\r\n\r\n".encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_an_editor_that_reads_keys_is_given_no_name_that_it_would_take_for_some(tmp_path: Path) -> None:
    name = "paper/a<CR>:!touch x<CR>.yaml"
    (tmp_path / "paper").mkdir()
    (tmp_path / name).touch()
    workspace = Workspace(tmp_path)
    words = r"nvim --server s --remote-send '<C-\><C-N>:edit +{line} {file}<CR>'"
    with pytest.raises(CannotContinue, match="tomaría signos de su nombre por teclas"):
        Editor(workspace, words).open(name, 1, 1)
    assert Editor(workspace, words)._fill("/casa/río y mar.yaml".replace(" ", "_"), 3, 1)[-1].endswith("mar.yaml<CR>")
    assert Editor(workspace, "code --goto {file}:{line}")._fill(name, 3, 1)[-1] == f"{name}:3"


@pytest.mark.parametrize("path", ["/abrir", "/lugar", "/vista"])
def test_nothing_is_done_without_the_token(client: Client, path: str) -> None:
    for token in ("", "x", client.server.token[:-1]):
        assert client.post(path, {}, X_Imprenta=token)[0] == 403


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/lugar", {"page": 1}, 400),
        ("/lugar", [], 400),
        ("/lugar", {"page": "x", "x": 0, "y": 0}, 400),
        ("/vista", {"tab": "a", "tiles": [[1, 2, 3, 4, 5, 6, 7, 8]]}, 400),
        ("/abrir", {"path": "paper", "line": 1, "column": 1}, 409),
        ("/abrir", {"path": "../otra", "line": 1, "column": 1}, 409),
        ("/abrir", {"path": "/etc/passwd", "line": 1, "column": 1}, 409),
        ("/abrir", {"path": "paper/a\0b", "line": 1, "column": 1}, 400),
        ("/otra", {}, 404),
        ("/lugar", "x" * 70_000, 413),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(client: Client, path: str, body: Any, status: int) -> None:
    assert client.post(path, body)[0] == status
    assert client.post("/lugar", {"page": 2, "x": 0, "y": 0}) == (200, None)  # and the server is well


def test_a_point_has_a_place_and_a_place_a_link(client: Client) -> None:
    place = {"path": "paper/río y mar.yaml", "line": 3, "column": 5}
    assert client.post("/lugar", {"page": 1, "x": 10, "y": 20}) == (200, place)
    status, answer = client.post("/abrir", place)
    root = client.server.session.workspace.root
    assert (status, answer) == (200, {"link": f"vscode://file{root}/paper/r%C3%ADo%20y%20mar.yaml:3:5"})


def test_only_this_machine_is_served(client: Client) -> None:
    assert client.server._server is not None
    assert client.server._server.server_address[0] == "127.0.0.1"


def test_events_begin_with_the_newest_of_each_kind_and_end_with_the_server(client: Client) -> None:
    with socket.create_connection(("127.0.0.1", client.port), timeout=60) as connection:
        connection.sendall(f"GET /{client.key}/eventos HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n\r\n".encode())
        data = b""
        while data.count(b"event: ") < 3 or not data.endswith(b"\n\n"):
            data += connection.recv(65536)
        messages = dict(part.split("\ndata: ") for part in data.decode().split("event: ")[1:])
        assert set(messages) == {"hello", "pages", "state"}
        assert json.loads(messages["hello"])["token"] == client.server.token
        assert [page["content"] for page in json.loads(messages["pages"])["pages"]] == [look(client), look(client, 2)]
        client.server.session.step("biber")
        data = b""
        while not data.endswith(b"\n\n"):
            data += connection.recv(65536)
        assert json.loads(data.decode().split("data: ")[1])["step"] == "biber"
        client.server.close()
        while data:
            data = connection.recv(65536)


def test_a_port_that_is_taken_is_told_and_a_wished_one_is_not_insisted_on(client: Client, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    other = PreviewServer(Session(workspace), Editor(workspace), lambda *_: None)
    with pytest.raises(CannotContinue, match=f"no se puede usar el puerto {client.port}") as caught:
        other.open(port=client.port)
    assert caught.value.status == 2
    address = other.open(wished=client.port)
    assert not address.startswith(f"http://127.0.0.1:{client.port}/")
    other.close()
    again = PreviewServer(Session(workspace), Editor(workspace), lambda *_: None)
    assert again.open(wished=int(address.split("/")[2].partition(":")[2])) == address
    again.close()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("code --goto {file}:{line}:{column}", ["code", "--goto", "/a b:1:2"]),
        ("emacsclient -n +{line}:{column} {file}", ["emacsclient", "-n", "+1:2", "/a b"]),
        ("gedit", ["gedit", "/a b"]),
        ("'mi editor' \"{file}\"", ["mi editor", "/a b"]),
        ("", ["vscode://file/a%20b:1:2"]),
        ("idea://open?file={file}&line={line}", ["idea://open?file=/a%20b&line=1"]),
    ],
)
def test_the_words_of_an_editor(tmp_path: Path, command: str, words: list[str]) -> None:
    assert Editor(Workspace(tmp_path), command)._fill("/a b", 1, 2) == words


@pytest.mark.parametrize("command", ["code '", "code {archivo}", "code {", "code {0}", "code {file.x}"])
def test_an_editor_that_cannot_be_understood_is_told(tmp_path: Path, command: str) -> None:
    with pytest.raises(CannotContinue, match="no se entiende la orden del editor") as caught:
        Editor(Workspace(tmp_path), command)
    assert caught.value.status == 2


def test_an_editor_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    with pytest.raises(CannotContinue, match="no se puede ejecutar «no-hay-tal-editor»"):
        Editor(Workspace(tmp_path), "no-hay-tal-editor {file}").open("a.yaml", 1, 1)
    assert DEFAULT.startswith("vscode://")
