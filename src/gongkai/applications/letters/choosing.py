"""Which template a letter is made from: the agency's newest, else the built-in one.

An agency does not inherit its parent's: a letter speaks in the name of its own organ,
and a parent's words, heads and telephone numbers would go out under another's.
"""

from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.applications.letters.kinds import Kind
from gongkai.applications.letters.layout import default_template


@dataclass(frozen=True)
class Chosen:
    """``template_id``: the agency's own version; None for the built-in."""

    kind: Kind
    docx: bytes
    template_id: int | None = None


def template_for(agency: Agency, kind: Kind) -> Chosen:
    return Chosen(kind, default_template(kind))
