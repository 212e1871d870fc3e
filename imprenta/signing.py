"""Bytes -> the same bytes with a signature, by which this machine's Imprenta knows later that it wrote them itself."""

from __future__ import annotations

import hmac
import os
import sys
import tempfile
from functools import cache

SIZE = 32
SECRET = "imprenta-secreto"
"""The file with the secret, in the Python environment's folder."""


def sign(data: bytes) -> bytes:
    """Return the data with the signature before them."""
    return hmac.digest(_secret(), data, "sha256") + data


def verify(content: bytes) -> bytes | None:
    """Return what was signed here, or None for anything else, whoever brought it."""
    mark, data = content[:SIZE], content[SIZE:]
    return data if hmac.compare_digest(mark, hmac.digest(_secret(), data, "sha256")) else None


def derive(words: str) -> str:
    """Return a word that only who knows the secret can tell from some words: the same each time."""
    return hmac.digest(_secret(), words.encode("utf-8", "surrogateescape"), "sha256").hex()


def keeps_secret() -> bool:
    """Tell whether another process will know what this one signs."""
    try:
        with open(_path(), "rb") as file:
            return file.read() == _secret()
    except OSError:
        return False


def _path() -> str:
    return os.path.join(sys.prefix, SECRET)


@cache
def _secret() -> bytes:
    """Return the secret of this machine's Imprenta, which is kept in the Python environment's folder.

    Where that cannot be written, every process has its own secret, and nothing is recalled.
    """
    path = _path()
    try:
        with open(path, "rb") as file:
            secret = file.read()
    except OSError:
        secret = b""
    if len(secret) != SIZE:
        secret = os.urandom(SIZE)
        try:
            handle, temporary = tempfile.mkstemp(dir=sys.prefix)
            with os.fdopen(handle, "wb") as file:
                file.write(secret)
            os.replace(temporary, path)
        except OSError:
            pass
    return secret
