"""The requests of the page -> answers, on this machine alone."""

from __future__ import annotations

import hmac
import json
import re
import secrets
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from imprenta.preview.drawing import Tile
from imprenta.preview.session import describe_place
from imprenta.problems import CannotContinue
from imprenta.signing import derive
from imprenta.workspace import content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.preview.editor import Editor
    from imprenta.preview.session import Session
    from imprenta.problems import Span

HOST = "127.0.0.1"
PAGE_FOLDER = "imprenta/preview/page"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
LONGEST_REQUEST = 1 << 16

PICTURE = re.compile(r"/pagina/([0-9a-f]{16})/(\d{1,5})(?:/(\d{1,6})-(\d{1,6})-(\d{1,5})-(\d{1,5}))?\.png")
TEXT = re.compile(r"/pagina/([0-9a-f]{16})/texto")
LINK = re.compile(r"/pagina/([0-9a-f]{16})/enlace/(\d{1,4})")
CHANGES = re.compile(r"/cambios/([0-9a-f]{16})/([0-9a-f]{16})")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": POLICY,
}
FOREVER = "private, max-age=86400, immutable"


class PreviewServer:
    """Serves a session to the browsers of this machine."""

    def __init__(self, session: Session, editor: Editor, where: Callable[[int, float, float], Span | None]) -> None:
        """Take what is served; `where` tells what stands at a point of a page (from 1; points from the top left)."""
        self.session = session
        self.editor = editor
        self.where = where
        self.token = secrets.token_urlsafe(24)
        # Other users of this machine reach the port too. The same each time, as the port: pages stay open.
        self.key = derive(f"preview {session.workspace.root}")
        engine = engine_workspace()
        names = [path for suffix in TYPES for path in engine.list_files(PAGE_FOLDER, suffix)]
        self.files = {path.removeprefix(PAGE_FOLDER): engine.read(path) or b"" for path in names}
        self.version = content_hash(*(part for name in sorted(self.files) for part in (name, self.files[name])))[:12]
        self._server: _Server | None = None

    def open(self, port: int = 0, wished: int = 0) -> str:
        """Begin to serve, and return the address.

        Takes `port`; without one, the wished one if it is free and any other if not. Raises CannotContinue (status 2)
        if the port is taken or may not be used.
        """
        hello = {"token": self.token, "version": self.version, "project": self.session.workspace.root.name}
        self.session.feed.say("hello", json.dumps(hello).encode())
        for number in [port] if port else [wished, 0]:
            try:
                self._server = _Server((HOST, number), self)
                break
            except (OSError, OverflowError) as error:
                if port:
                    raise CannotContinue(
                        f"no se puede usar el puerto {port}: {getattr(error, 'strerror', None) or error}",
                        hint="sin --port se toma uno que esté libre",
                        status=2,
                    ) from error
        if self._server is None:
            raise CannotContinue("no se puede abrir ningún puerto en 127.0.0.1")
        threading.Thread(target=self._server.serve_forever, args=(0.1,), name="servidor", daemon=True).start()
        return f"http://{HOST}:{self._server.server_port}/{self.key}/"

    def close(self) -> None:
        """Stop serving."""
        self.session.close()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], preview: PreviewServer) -> None:
        self.preview = preview
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer's own asks the net for this machine's name
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no news."""


class _Refused(Exception):  # noqa: N818 - it is an answer
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Imprenta"
    sys_version = ""
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the terminal is for the builds."""

    def _answer(self, respond: Callable[[str], None]) -> None:
        try:
            self._check_origin()
            key, _, path = urlsplit(self.path).path.removeprefix("/").partition("/")
            if not hmac.compare_digest(key.encode(), self.server.preview.key.encode()):
                raise _Refused(403, "falta la clave: la dirección entera la dice la orden «watch»")
            respond(f"/{path}")
        except _Refused as refused:
            self.close_connection = True  # what was sent along is left unread
            self._send_json({"error": refused.words}, refused.status)
        except LookupError:
            self._send_json({"error": "esa página ya cambió"}, 404)
        except ValueError:  # an address that is none, a length of more figures than are read
            self.close_connection = True
            self._send_json({"error": "la petición no se entiende"}, 400)
        except CannotContinue as stop:
            self._send_json({"error": stop.message}, 409)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True

    def _check_origin(self) -> None:
        """Refuse what does not come from our own page: names that lead here, and pages of other places."""
        port = self.server.server_port
        own = {f"{name}:{port}" for name in (HOST, "localhost")}
        if self.headers.get("Host", "") not in own:
            raise _Refused(421, "esta dirección no es de la vista previa")
        origin = self.headers.get("Origin")
        if origin is not None and origin not in {f"http://{name}" for name in own}:
            raise _Refused(403, "la petición viene de otra página")
        navigates = self.command == "GET" and self.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin") and not navigates:
            raise _Refused(403, "la petición viene de otra página")

    def _get(self, path: str) -> None:
        preview = self.server.preview
        store = preview.session.store
        name = "/index.html" if path == "/" else path
        if name in preview.files:
            self._send(preview.files[name], TYPES[name[name.rfind(".") :]], "no-cache")
        elif match := PICTURE.fullmatch(path):
            tile = Tile(*(int(part or 0) for part in match.groups()[1:]))
            self._send(store.draw_png(match[1], tile), "image/png", FOREVER)
        elif match := TEXT.fullmatch(path):
            text, links = store.read_text(match[1])
            self._send_json(
                {
                    "text": [[words, box.left, box.top, box.width, box.height] for words, box in text],
                    "links": [
                        [link.box.left, link.box.top, link.box.width, link.box.height, link.address] for link in links
                    ],
                },
                caching=FOREVER,
            )
        elif match := LINK.fullmatch(path):
            target = store.find_target(match[1], int(match[2]))
            self._send_json(None if target is None else {"page": target[0] + 1, "top": target[1]})
        elif match := CHANGES.fullmatch(path):
            areas = store.compare(match[1], match[2])
            self._send_json([[area.left, area.top, area.width, area.height] for area in areas])
        elif path == "/contenido":
            title, contents = store.read_contents()
            entries = [[entry.level, entry.title, entry.index + 1, entry.top] for entry in contents]
            self._send_json({"title": title, "entries": entries})
        elif path == "/eventos":
            self._send_events()
        else:
            raise _Refused(404, "no hay nada aquí")

    def _post(self, path: str) -> None:
        asked = self._read_request()
        preview = self.server.preview
        try:
            if path == "/vista":
                tiles = [(int(number), Tile(*(int(part) for part in tile))) for number, *tile in asked["tiles"]]
                preview.session.look_at(str(asked["tab"]), tiles)
                self._send_json(None)
            elif path == "/visto":
                preview.session.note_shown(str(asked["tab"]), int(asked["revision"]))
                self._send_json(None)
            elif path == "/lugar":
                place = preview.where(int(asked["page"]), float(asked["x"]), float(asked["y"]))
                self._send_json(None if place is None else describe_place(place))
            elif path == "/abrir":
                link = preview.editor.open(str(asked["path"]), int(asked["line"]), int(asked["column"]))
                self._send_json({"link": link})
            else:
                raise _Refused(404, "no hay nada aquí")
        except (KeyError, OverflowError, TypeError, ValueError) as error:
            raise _Refused(400, "la petición no se entiende") from error

    def _read_request(self) -> Any:
        """Return what a request asks. Only a page that was given the token may ask for something to be done."""
        if not hmac.compare_digest(self.headers.get("X-Imprenta", "").encode(), self.server.preview.token.encode()):
            raise _Refused(403, "falta la contraseña que la página recibió")
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST_REQUEST:
            raise _Refused(413, "la petición es demasiado larga")
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except (RecursionError, ValueError) as error:
            raise _Refused(400, "la petición no es JSON") from error
        return asked

    def _send_events(self) -> None:
        """Tell all that happens until one of both leaves."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b"retry: 400\n\n")
        self.wfile.flush()
        for kind, message in self.server.preview.session.feed.listen():
            self.wfile.write(b"event: %s\ndata: %s\n\n" % (kind.encode(), message) if kind else b":\n\n")
            self.wfile.flush()

    def _send_json(self, value: Any, status: int = 200, *, caching: str = "no-store") -> None:
        self._send(json.dumps(value).encode(), "application/json; charset=utf-8", caching, status)

    def _send(self, data: bytes, kind: str, caching: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", caching)
        for name, value in ALWAYS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
