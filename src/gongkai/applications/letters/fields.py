"""The fields that a letter's template may ask for: texts/fields.yaml."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gongkai.law.documents import read_document
from gongkai.law.model import Text
from gongkai.law.texts import label

TEXTS = Path(__file__).with_name("texts")
ALL, APPLICANT, REPLY = "all", "applicant", "reply"
HELD_BY_APPLICANT = frozenset({APPLICANT, "file"})
"""Whom a letter may go to that names the applicant."""


@dataclass(frozen=True)
class Field:
    name: str
    of: Collection[str]
    meaning: Text

    @property
    def mark(self) -> str:
        """As it is typed into a template."""
        return "{{ " + self.name + " }}"


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    """All by name, in the file's order. Raises DataError."""
    document = read_document(TEXTS / "fields.yaml", ("fields",))
    found = [
        Field(
            name=entry.required("name"),
            of=frozenset(entry.texts("of")),
            meaning=label(entry, "meaning"),
        )
        for entry in document.entries("fields", ("name", "of", "meaning"))
    ]
    return {field.name: field for field in found}


def fields_of(key: str, to: str) -> dict[str, Field]:
    """Those of one kind of letter: no letter to others may name the applicant."""
    groups = {ALL, *_groups(key, to)}
    return {name: field for name, field in fields().items() if groups & set(field.of)}


def _groups(key: str, to: str) -> Iterator[str]:
    yield REPLY if is_reply(key) else key
    if to in HELD_BY_APPLICANT:
        yield APPLICANT


def is_reply(key: str) -> bool:
    return key.startswith(f"{REPLY}-")
