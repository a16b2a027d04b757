"""The built-in set of a regime: notices by act, a reply for each result code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai import law
from gongkai.applications.letters.fields import REPLY, TEXTS, Field, fields_of
from gongkai.law.documents import Entry, read_document
from gongkai.law.model import Text

RECEIPT, REGISTER_SHEET = "receipt", "register_sheet"
_WORDS = ("parts", "letters", "reply_title", "reply_head", "reply_end", "replies")


class NoSuchKind(KeyError):
    """The regime has no letter of this key."""


@dataclass(frozen=True)
class Kind:
    """``key`` is ``extension`` or ``reply-D1``; ``text`` the built-in one.

    ``to``: applicant, third_party, organ, unit or file. ``acts``: transitions that make
    it. ``result``: of a reply, what it decides.
    """

    regime: str
    key: str
    title: str
    to: str
    text: str
    acts: tuple[str, ...] = ()
    result: str = ""
    label: Text | None = None

    @property
    def heading(self) -> str:
        """The title as a letter bears it, without whom it is to."""
        return self.title.split("（")[0]

    @property
    def fields(self) -> dict[str, Field]:
        return fields_of(self.key, self.to)

    @property
    def is_reply(self) -> bool:
        return bool(self.result)


def kinds(regime: str) -> Mapping[str, Kind]:
    """By key, in the file's order: notices, then replies. Raises UnknownRegime."""
    return _kinds(law.regime(regime).name)


def kind_of(regime: str, key: str) -> Kind:
    """Raises NoSuchKind."""
    known = kinds(regime)
    if key not in known:
        raise NoSuchKind(key)
    return known[key]


def kind_of_act(regime: str, act: str) -> Kind:
    """The letter that the transition makes; raises NoSuchKind."""
    for kind in kinds(regime).values():
        if act in kind.acts:
            return kind
    raise NoSuchKind(act)


def reply_kind(regime: str, result: str) -> Kind:
    return kind_of(regime, f"{REPLY}-{result}")


@lru_cache(maxsize=8)
def _kinds(regime: str) -> dict[str, Kind]:
    document = read_document(TEXTS / f"{regime}.yaml", _WORDS)
    parts = document.entry("parts", None)
    found = [*_notices(regime, document, parts), *_replies(regime, document, parts)]
    return {kind.key: kind for kind in found}


def _notices(regime: str, document: Entry, parts: Entry) -> Iterator[Kind]:
    for entry in document.entries("letters", ("key", "title", "to", "acts", "text")):
        yield Kind(
            regime=regime,
            key=entry.required("key"),
            title=entry.required("title"),
            to=entry.required("to"),
            text=_whole(entry.required("text"), parts),
            acts=entry.texts("acts"),
        )


def _replies(regime: str, document: Entry, parts: Entry) -> Iterator[Kind]:
    title, told = document.required("reply_title"), document.entry("replies", None)
    head, end = document.required("reply_head"), document.required("reply_end")
    for code, result in law.regime(regime).results.items():
        text = f"# {title}\n{head}{told.required(code)}{end}"
        yield Kind(
            regime=regime,
            key=f"{REPLY}-{code}",
            title=title,
            to="applicant",
            text=_whole(text, parts),
            result=code,
            label=result.label,
        )


def _whole(text: str, parts: Entry) -> str:
    """With the parts that its lines name."""
    lines = []
    for line in text.splitlines():
        is_part = line.startswith("+ ")
        lines.append(parts.required(line[2:]).rstrip() if is_part else line)
    return "\n".join(lines)
