"""Personal data at rest: sealed with a record's own key, found by a blind index.

Each record that holds personal data has a key of its own, kept wrapped beside it; the
key that wraps is outside the database (GONGKAI_PERSONAL_KEY). Destroying the wrapped
key makes the record's data unreadable for ever, also in every backup taken before.
AES-256-GCM throughout (NIST SP 800-38D), HKDF-SHA-256 for keys from the one secret
(RFC 5869), HMAC-SHA-256 for the index.
"""

import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# As Django hands out a BinaryField: bytes on SQLite, memoryview on PostgreSQL.
Blob = bytes | memoryview

NONCE_BYTES = 12
NOTE = "note"
CHUNK_BYTES = 256 * 1024
_SPACE = re.compile(r"[\s\-()]+")


class CannotOpen(Exception):
    """The key was destroyed, is another record's, or the bytes were changed."""


def new_key() -> bytes:
    """A record's own key, wrapped, to be stored beside its data."""
    return _seal(_wrapping_key(), AESGCM.generate_key(256), b"key")


def seal(key: Blob | None, data: bytes, place: str) -> bytes:
    """``data`` sealed for one place of the record, such as ``applicant``.

    What is sealed for one place does not open at another. Raises CannotOpen where the
    record's key is gone.
    """
    return _seal(_unwrapped(key), data, place.encode())


def unseal(key: Blob | None, sealed: Blob, place: str) -> bytes:
    """The other way of ``seal``; raises CannotOpen."""
    return _unseal(_unwrapped(key), bytes(sealed), place.encode())


def seal_note(key: Blob | None, text: str) -> bytes | None:
    """A typed reason or opinion, sealed; None for nothing, or where the key is gone."""
    if not text.strip() or not key:
        return None
    return seal(key, text.strip().encode(), NOTE)


def open_note(key: Blob | None, sealed: Blob | None) -> str:
    """The other way; empty for nothing and where the key is gone."""
    if not sealed:
        return ""
    try:
        return unseal(key, sealed, NOTE).decode()
    except CannotOpen:
        return ""


def seal_file(key: Blob | None, file: BinaryIO, place: str) -> Iterator[bytes]:
    """A file in sealed chunks, for the file store; memory holds one chunk.

    Each chunk's place and whether it is the last are part of its seal, so chunks can
    be neither moved nor cut off.
    """
    opened = _unwrapped(key)
    number, chunk = 0, file.read(CHUNK_BYTES)
    while True:
        following = file.read(CHUNK_BYTES)
        where = f"{place}:{number}:{'last' if not following else 'more'}"
        yield _seal(opened, chunk, where.encode())
        if not following:
            return
        number, chunk = number + 1, following


def unseal_file(key: Blob | None, file: BinaryIO, place: str) -> Iterator[bytes]:
    """The chunks of a file that ``seal_file`` sealed; raises CannotOpen."""
    opened = _unwrapped(key)
    size = NONCE_BYTES + CHUNK_BYTES + 16
    number, chunk = 0, file.read(size)
    while True:
        following = file.read(size)
        where = f"{place}:{number}:{'last' if not following else 'more'}"
        yield _unseal(opened, chunk, where.encode())
        if not following:
            return
        number, chunk = number + 1, following


def blind_index(kind: str, value: str) -> str:
    """What stands for a value to find it by, 64 hex digits; "" for an empty value.

    Equal values give equal indexes, also in full width, other case or with spaces and
    hyphens; without the key nobody can try values out.
    """
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", value)).casefold()
    if not plain:
        return ""
    message = f"{kind}\0{plain}".encode()
    return hmac.new(_index_key(), message, hashlib.sha256).hexdigest()


def _seal(key: bytes, data: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, place)


def _unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(place.decode()) from error


def _unwrapped(key: Blob | None) -> bytes:
    if not key:
        raise CannotOpen("the key was destroyed")
    return _unseal(_wrapping_key(), bytes(key), b"key")


def _wrapping_key() -> bytes:
    return _derived(settings.PERSONAL_KEY, b"wrap")


def _index_key() -> bytes:
    return _derived(settings.PERSONAL_KEY, b"index")


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, b"gongkai personal data", purpose).derive(secret.encode())
