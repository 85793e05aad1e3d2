"""Pseudonyms: who has the key can tell whose they are, and nobody else."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.report.publish import file_trouble_named

#: Bytes of a key, and letters of a pseudonym: 64 bits tell a million enterprises apart.
_KEY_BYTES, _LETTERS = 32, 16


def project_key(path: Path) -> bytes:
    """Return the key in a file; a new one is made where there is no file, for its owner's eyes only.

    Raises
    ------
    InputError
        If the file holds no key of ours.
    ResourceError
        If it cannot be read or written.
    """
    with file_trouble_named(path):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as stream:
                    stream.write(secrets.token_hex(_KEY_BYTES) + "\n")
            except BaseException:
                path.unlink(missing_ok=True)  # half a key would be refused by every later edition
                raise
        text = path.read_bytes().strip()
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise InputError(
            mark('The file "{file}" holds no key; name the one that the first edition was made with, or a new file.'),
            file=path.name,
        )
    return key


def pseudonym(key: bytes, identifier: str) -> str:
    """Return the pseudonym of an enterprise: a keyed hash of its id, which cannot be guessed by hashing all ids.

    Examples
    --------
    >>> pseudonym(bytes(32), "E1") == pseudonym(bytes(32), "E1") != pseudonym(bytes(31) + b"1", "E1")
    True
    """
    return hmac.new(
        key, b"clusternet enterprise " + identifier.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()[:_LETTERS]
