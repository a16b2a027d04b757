"""Who asks and what for: sealed with the case's own key, never in a log or a mail."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from gongkai.applications.models import Case
from gongkai.registry.sealing import (
    Blob,
    CannotOpen,
    blind_index,
    open_note,
    seal,
    seal_note,
    unseal,
)

PLACE = "applicant"


@dataclass(frozen=True)
class Applicant:
    """As the applicant gave it (Art. 29); every field may be empty but the name."""

    name: str
    identity_kind: str = ""
    identity_no: str = ""
    # Of a legal person: who speaks for it.
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    agent_name: str = ""
    agent_identity_no: str = ""

    @property
    def contact(self) -> str:
        """By what the applicant is found besides the name."""
        return self.phone or self.email


@dataclass(frozen=True)
class Wanted:
    """One matter of the application: what becomes one case."""

    subject: str
    title: str = ""
    doc_no: str = ""
    description: str = ""
    manner: str = ""
    route: str = ""


@dataclass(frozen=True)
class Sealed:
    """What a case keeps sealed. ``query_code`` is there to print the receipt again."""

    applicant: Applicant
    wanted: Wanted
    query_code: str


def sealed_bytes(key: bytes, told: Sealed) -> bytes:
    text = json.dumps(asdict(told), ensure_ascii=False)
    return seal(key, text.encode(), PLACE)


def open_case(case: Case) -> Sealed:
    """The personal data of a case; raises CannotOpen once it was purged.

    Whoever shows it to a person writes an audit event first: see ``services.showing``.
    """
    told = json.loads(unseal(case.data_key, case.sealed, PLACE))
    return Sealed(
        applicant=_made(Applicant, told["applicant"]),
        wanted=_made(Wanted, told["wanted"]),
        query_code=told["query_code"],
    )


def _made(kind: type[Any], told: dict[str, str]) -> Any:
    """Of what an earlier or later version sealed, the fields that this one knows."""
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in told.items() if name in known})


def indexes_of(applicant: Applicant) -> dict[str, str]:
    """The blind indexes by the names of the case's columns."""
    return {
        "name_index": blind_index("name", applicant.name),
        "identity_index": blind_index("identity", applicant.identity_no),
        "contact_index": blind_index("contact", applicant.contact),
    }


def masked_name(case: Case) -> str:
    """How a list names the applicant: 张**, or 某单位 without its name.

    A purged case shows a dash.
    """
    try:
        name = open_case(case).applicant.name
    except CannotOpen:
        return "—"
    return mask_name(name)


def mask_name(name: str) -> str:
    return name[:1] + "*" * max(1, min(len(name) - 1, 3))


def mask_number(number: str) -> str:
    """138****1234; 35*************123 (domain: one county's published mask)."""
    if len(number) <= 7:
        return number[:1] + "*" * (len(number) - 1)
    head, tail = (2, 3) if len(number) > 14 else (3, 4)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def note_bytes(case: Case, text: str) -> bytes | None:
    return seal_note(case.data_key, text)


def read_note(case: Case, sealed: Blob | None) -> str:
    return open_note(case.data_key, sealed)
