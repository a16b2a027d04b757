"""What can stand against redacting a file; each is named for what happened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.redaction.traces import Trace


class RedactionError(Exception):
    """Nothing was made of the file."""


class UnknownFormat(RedactionError):
    """Neither a PDF nor a PNG, JPEG, WebP or GIF picture."""


class EncryptedFile(RedactionError):
    """It opens with a password only."""


class DamagedFile(RedactionError):
    """It, or one of its pages, cannot be read."""


class EmptyFile(RedactionError):
    """It holds no page."""


class TooLong(RedactionError):
    """It has more pages, or a picture of more pixels, than is taken."""


class BadBox(RedactionError):
    """A box lies outside its page, or on a page that the file does not have."""


class TracesFound(RedactionError):
    """Something is left in the file that no reader sees; ``traces`` says what, where.

    Raised by every check: who gets bytes from this package gets checked bytes.
    """

    def __init__(self, traces: Sequence["Trace"]) -> None:
        super().__init__(", ".join(map(str, traces)))
        self.traces = tuple(traces)
