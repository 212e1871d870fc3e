"""A client of the Language Server Protocol, as small as the tests need: what an editor asks, over standard input."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown"]},
        "formatting": {"dynamicRegistration": True},
        "publishDiagnostics": {"relatedInformation": True},
    },
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceFolders": True,
    },
}


class LanguageServer:
    """A language server that runs while the `with` lasts, with one project open."""

    def __init__(self, command: Sequence[str], root: Path, settings: dict[str, Any], *, seconds: float = 20.0) -> None:
        self.command = command
        self.root = root
        self.settings = settings
        self.seconds = seconds
        self.received: queue.Queue[dict[str, Any]] = queue.Queue()
        self.sent = 0
        self.versions: dict[str, int] = {}

    def __enter__(self) -> LanguageServer:
        self.process = subprocess.Popen(
            self.command, cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self.reader.start()
        self.request(
            "initialize", {"processId": None, "rootUri": self.root.as_uri(), "capabilities": CAPABILITIES,
                           "workspaceFolders": [{"uri": self.root.as_uri(), "name": "informe"}]}
        )  # fmt: skip
        self.notify("initialized", {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        self.process.stdout.close()
        self.process.stdin.close()

    def open(self, path: str, text: str) -> list[dict[str, Any]]:
        """Open a file of the project with this text, or change it to it; return the server's diagnostics of it."""
        uri = self.uri(path)
        self.versions[uri] = self.versions.get(uri, 0) + 1
        if self.versions[uri] == 1:
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self.notify("textDocument/didOpen", {"textDocument": document})
        else:
            document = {"uri": uri, "version": self.versions[uri]}
            self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self.diagnostics(path)

    def diagnostics(self, path: str) -> list[dict[str, Any]]:
        """Wait for the next diagnostics of a file."""
        uri = self.uri(path)
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def complete(self, path: str, text: str) -> list[dict[str, Any]]:
        """Return what the server offers where `‸` stands in the text."""
        before, _, after = text.partition("‸")
        self.open(path, before + after)
        line = before.count("\n")
        position = {"line": line, "character": len(before.rpartition("\n")[2])}
        answer = self.request(
            "textDocument/completion", {"textDocument": {"uri": self.uri(path)}, "position": position}
        )
        items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer or []
        return items

    def tell_changed(self, *paths: str) -> None:
        """Tell the server that files were written, as an editor that watches them does."""
        changes = [{"uri": self.uri(path), "type": 2} for path in paths]
        self.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def request(self, method: str, parameters: dict[str, Any]) -> Any:
        """Ask, and wait for the answer."""
        self.sent += 1
        number = self.sent
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def notify(self, method: str, parameters: dict[str, Any]) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": parameters})

    def _next(self) -> dict[str, Any]:
        """Return the next message for us, answering what the server asks meanwhile."""
        while True:
            message = self.received.get(timeout=self.seconds)
            if message.get("method") == "window/logMessage" and message["params"]["type"] == 1:
                raise AssertionError(message["params"]["message"])
            if "id" not in message or "method" not in message:
                return message
            result = None
            if message["method"] == "workspace/configuration":
                result = [self.settings.get(item.get("section")) for item in message["params"]["items"]]
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
            registered = message["params"].get("registrations", []) if message["method"].startswith("client/") else []
            if any(item["method"] == "workspace/didChangeConfiguration" for item in registered):
                self.notify("workspace/didChangeConfiguration", {"settings": None})  # the server asks for them now

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _read(self, stream: BinaryIO) -> None:
        while True:
            size = 0
            while (line := stream.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
            if not size:
                return
            self.received.put(json.loads(stream.read(size)))
