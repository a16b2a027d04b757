"""The words of ``data/``, read once."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

# Blanks that spread a word out, and the readings that mirrors put in: 時(shí)間.
# Any word in brackets will do: the exact letters, in so many places, take too long to
# compile.
READ = r"\(\w{1,6}\)"
GAP = rf"(?: {{1,4}}|{READ})?"
_DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((_DATA / f"{name}.yaml").read_bytes())
    return read


@lru_cache(maxsize=32)
def words(file: str, key: str) -> tuple[str, ...]:
    return tuple(_read(file)[key])


@lru_cache(maxsize=8)
def mapping(file: str, key: str) -> dict[str, str]:
    return dict(_read(file)[key])


@lru_cache(maxsize=4)
def labels() -> dict[str, str]:
    """Label without blanks → the field that it stands for."""
    fields = _read("page")["labels"].items()
    return {label: field for field, known in fields for label in known}


def any_of(choices: tuple[str, ...], *, gaps: bool = False) -> str:
    """A pattern for any of the words, longest first, with clutter inside if asked."""
    between = GAP if gaps else ""
    longest = sorted(set(choices), key=lambda word: (-len(word), word))
    return "|".join(between.join(map(re.escape, word)) for word in longest)
