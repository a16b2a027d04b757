"""Who contests and what they say: sealed with the remedy's own key."""

import json
from dataclasses import asdict, dataclass, fields

from gongkai.applications.persons import Applicant, mask_name
from gongkai.registry.sealing import CannotOpen, seal, unseal
from gongkai.remedies.models import Remedy

PLACE = "parties"


@dataclass(frozen=True)
class Parties:
    """As the papers name them; every field may be empty but the name."""

    name: str
    identity_no: str = ""
    phone: str = ""
    address: str = ""
    agent_name: str = ""
    # Third persons (第三人), a line each.
    others: str = ""
    # What is claimed, in their words.
    claims: str = ""

    @classmethod
    def of_applicant(cls, one: Applicant, others: str, claims: str) -> "Parties":
        return cls(
            name=one.name,
            identity_no=one.identity_no,
            phone=one.contact,
            address=f"{one.address} {one.postcode}".strip(),
            agent_name=one.agent_name,
            others=others,
            claims=claims,
        )


def sealed_bytes(key: bytes, told: Parties) -> bytes:
    text = json.dumps(asdict(told), ensure_ascii=False)
    return seal(key, text.encode(), PLACE)


def open_parties(remedy: Remedy) -> Parties:
    """Raises CannotOpen once it was purged. Whoever shows them writes an audit event
    first: see ``services.showing``."""
    told = json.loads(unseal(remedy.data_key, remedy.sealed, PLACE))
    known = {field.name for field in fields(Parties)}
    return Parties(**{name: value for name, value in told.items() if name in known})


def masked_name(remedy: Remedy) -> str:
    """How a list names the party; a purged remedy shows a dash."""
    try:
        return mask_name(open_parties(remedy).name)
    except CannotOpen:
        return "—"
