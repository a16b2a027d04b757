"""A hint: what was seen, where, and what to do. Never the number itself."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    SERIOUS = "serious"  # going on needs a reason by someone else than the author
    NOTE = "note"


class HintCode(StrEnum):
    RESIDENT_ID = "resident_id"
    RESIDENT_ID_OLD = "resident_id_old"
    RESIDENT_ID_WRONG = "resident_id_wrong"
    MOBILE_PHONE = "mobile_phone"
    BANK_CARD = "bank_card"
    SECRECY_MARK = "secrecy_mark"
    INTERNAL_MARK = "internal_mark"
    HIDDEN_SHEET = "hidden_sheet"
    VERY_HIDDEN_SHEET = "very_hidden_sheet"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    COMMENTS = "comments"
    TRACKED_CHANGES = "tracked_changes"
    HIDDEN_TEXT = "hidden_text"
    EMBEDDED_OBJECT = "embedded_object"
    EXTERNAL_LINK = "external_link"
    CACHED_DATA = "cached_data"
    MACROS = "macros"
    PERSONAL_AUTHOR = "personal_author"
    SCAN = "scan"
    IMAGE_NOT_READ = "image_not_read"
    NOT_INSPECTED = "not_inspected"


class Source(StrEnum):
    """Kind of place. Part of the fingerprint: a number let pass in an attachment is
    not thereby let pass in the text."""

    TITLE = "title"
    METADATA = "metadata"
    BODY = "body"
    TEXT = "text"
    FILE_NAME = "file_name"
    FILE = "file"


@dataclass(frozen=True)
class Hint:
    """``start`` and ``end`` count characters in the inspected text: the title, the
    metadata value, or the body as ``html_to_text`` gives it. None inside files."""

    code: HintCode
    severity: Severity
    where: str
    excerpt: str  # masked
    message: str
    fingerprint: str  # of the finding itself: the same again in every later run
    start: int | None = None
    end: int | None = None

    def inside(self, container: str) -> "Hint":
        """The same hint, seen from the file that contains the place."""
        where = f"{container} › {self.where}" if self.where else container
        return replace(self, where=where, start=None, end=None)


def fingerprint(key: bytes, code: str, source: Source, value: str) -> str:
    """HMAC-SHA-256, hex. Without the key nobody can try out all ID numbers on it."""
    told = "\x1f".join((code, source, value))
    return hmac.new(
        key, told.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()


def structural(
    key: bytes,
    code: HintCode,
    severity: Severity,
    where: str,
    message: str,
    *,
    data: bytes,
    excerpt: str = "",
) -> Hint:
    """A hint on how a file is made. Its fingerprint holds for exactly these bytes."""
    value = f"{hashlib.sha256(data).hexdigest()}\x1f{where}"
    mark = fingerprint(key, code, Source.FILE, value)
    return Hint(code, severity, where, excerpt, message, mark)


def mask_id(number: str) -> str:
    return number[:2] + "*" * (len(number) - 5) + number[-3:]


def mask_phone(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"


def mask_card(number: str) -> str:
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def mask_name(name: str) -> str:
    return name[:1] + "*" * max(1, min(len(name) - 1, 3))
