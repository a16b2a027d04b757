"""The words of ``data/``, read once."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

_DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, object]:
    text = (_DATA / f"{name}.yaml").read_text(encoding="utf-8")
    words = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    assert isinstance(words, dict)  # noqa: S101 - our own file
    return words


@lru_cache(maxsize=32)
def words(file: str, key: str) -> tuple[str, ...]:
    found = _read(file)[key]
    assert isinstance(found, list)  # noqa: S101 - our own file
    return tuple(map(str, found))


@lru_cache(maxsize=8)
def mapping(file: str, key: str) -> dict[str, str]:
    found = _read(file)[key]
    assert isinstance(found, dict)  # noqa: S101 - our own file
    return {str(short): str(full) for short, full in found.items()}


@lru_cache(maxsize=4)
def labels() -> dict[str, str]:
    """Label without blanks → the field that it stands for."""
    found = _read("page")["labels"]
    assert isinstance(found, dict)  # noqa: S101 - our own file
    return {str(label): str(field) for field in found for label in found[field]}


def any_of(choices: tuple[str, ...], *, gaps: bool = False) -> str:
    """A pattern for any of the words, longest first, with blanks inside if asked."""
    between = " {0,4}" if gaps else ""
    longest = sorted(set(choices), key=lambda word: (-len(word), word))
    return "|".join(between.join(map(re.escape, word)) for word in longest)
