"""Requests of others, malformed and without end, to the preview -> each answered or ended, nothing told, and it is well."""

from __future__ import annotations

import random
import socket
import threading
import time
from typing import TYPE_CHECKING

from small_pdfs import make_pdf
from test_preview_server import Client

from imprenta.preview.editor import Editor
from imprenta.preview.server import PreviewServer
from imprenta.preview.session import Session
from imprenta.problems import Span
from imprenta.workspace import Workspace
from tests.torture.rows import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

SECRET = "secreto-91c2"
PATHS = ["/", "/main.js", "/eventos", "/contenido", "/abrir", "/lugar", "/vista", "/visto", "/pagina/x/100.png", "/" + "a" * 9000,
         "/../paper/a.yaml", "/%2e%2e/paper/a.yaml", "//etc/passwd", "/pagina/../../paper/a.yaml", "/cambios/a/b", "/pagina/0/0/0-0-0-0.png",
         "/%00", "/%ff", "/?a=b", "/#a", "*", "http://example.org/", "//[::1", "//[x]/a", "http://[", "//a:b:c/", "/pagina/0000000000000000/99999999.png", "/ñ", "/a b"]  # fmt: skip
HEADS = ["", "Origin: http://example.org", "Origin: null", "Host: example.org", "Sec-Fetch-Site: cross-site", "X-Imprenta: x",
         "Content-Length: -1", "Content-Length: x", "Content-Length: 99999999999", "Content-Length: " + "9" * 5000, "Transfer-Encoding: chunked", "Expect: 100-continue",
         "Range: bytes=0-", "Upgrade: websocket", "Connection: upgrade", "A" * 70_000, "Cookie: a=b", ": x", "\0: x", "Host: "]  # fmt: skip
METHODS = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "", "G" * 5000, "\0"]
BODIES = ["", "{", "[" * 60_000, '{"page": 1e999, "x": 0, "y": 0}', '{"page": 1, "x": "a", "y": null}', "\xff", "null", '{"path": "../x"}',
          '{"path": "/etc/passwd", "line": 1, "column": 1}', '{"page": ' + "9" * 5000 + "}", '"' + "a" * 80_000, "{}" * 9]  # fmt: skip


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    folder = effort.scratch("vista")
    (folder / "build").mkdir()
    (folder / "paper").mkdir()
    (folder / "paper/a.yaml").write_text(SECRET)
    (folder / "build/informe.pdf").write_bytes(make_pdf([SECRET, "dos"], links=[(0, 1)], headings=[("A", 1)]))
    workspace = Workspace(folder)
    places = {1: Span("paper/a.yaml", 1, 1)}
    server = PreviewServer(Session(workspace), Editor(workspace), lambda page, x, y: places.get(page))
    client = Client(server, server.open())
    try:
        yield try_requests(client, effort)
        yield try_crowd(client, effort)
    finally:
        server.close()


def _hold_well(client: Client) -> None:
    assert client.get("/contenido")[0] == 200
    assert client.post("/lugar", {"page": 2, "x": 0, "y": 0}) == (200, None)


def _send(client: Client, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", client.port), timeout=60) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        said = b""
        while len(said) < 1 << 20 and (part := connection.recv(65536)):
            said += part
        return said


def try_requests(client: Client, effort: Effort) -> Row:
    """Send requests of all kinds without the address, and malformed ones with it."""
    trials = Trials("peticiones mal hechas, y de quien no tiene la dirección")
    dice = random.Random(20)
    for _ in range(effort.part(600, 60)):
        keyed, path, method = dice.random() < 0.3, dice.choice(PATHS), dice.choice(METHODS)
        if keyed and path == "/eventos":
            continue  # it is answered for as long as one listens
        head, body = dice.choice(HEADS), dice.choice(BODIES)
        wanted = f"/{client.key}{path}" if keyed else path
        given = f"{method} {wanted} HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n{head}\r\n\r\n{body}"
        with trials.trial(given[:300], 90):
            try:
                said = _send(client, given.encode("utf-8", "replace"))
            except OSError:  # it was refused before all of it was sent
                said = b"HTTP/1.1 reset"
            assert said.startswith(b"HTTP/1.1 ") or method not in ("GET", "POST"), "no contestó"
            assert keyed or SECRET.encode() not in said
            assert keyed or client.key.encode() not in said
            assert client.server.token.encode() not in said
            assert b"Traceback" not in said
            assert b"root:" not in said
    with trials.trial("después de todas"):
        _hold_well(client)
    return trials.row()


def try_crowd(client: Client, effort: Effort) -> Row:
    """Leave requests half said and events unread, many at once."""
    trials = Trials("conexiones a medias y que nadie lee, a la vez")
    count = effort.part(200, 20)
    before = threading.active_count()
    halves = []
    with trials.trial(f"{count} de cada", 120):
        for number in range(count):
            half = socket.create_connection(("127.0.0.1", client.port), timeout=60)
            request = (
                b"GET /"
                if number % 2
                else f"GET /{client.key}/eventos HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n\r\n".encode()
            )
            half.sendall(request)
            halves.append(half)
        _hold_well(client)
    for half in halves:
        half.close()
    trials.count = count
    with trials.trial("después de todas", 240):
        _hold_well(client)
        while (
            effort.share == 1 and threading.active_count() > before + 2
        ):  # who listens is missed when it is told something
            time.sleep(0.5)
    trials.remark = f"hilos antes {before}, después {threading.active_count()}"
    return trials.row()
