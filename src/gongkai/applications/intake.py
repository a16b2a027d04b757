"""What an applicant has typed so far on the online form: sealed as a whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from gongkai.applications.choices import ApplicantKind, Manner, Route
from gongkai.applications.persons import Applicant, Wanted

MOST_MATTERS = 5
MOST_FILES = 10
STEPS = ("matters", "who", "identity", "agent", "contact", "delivery", "files")
"""The pages of the form in their order; every one is seen before it can be sent."""

WAYS: Mapping[str, tuple[Manner, Route]] = {
    "email": (Manner.EMAIL, Route.NETWORK),
    "paper-post": (Manner.PAPER, Route.POST),
    "paper-collect": (Manner.PAPER, Route.COLLECT),
    "disc-post": (Manner.DISC, Route.POST),
    "disc-collect": (Manner.DISC, Route.COLLECT),
    "on-site": (Manner.ON_SITE, Route.COLLECT),
}
"""The pairs of form and route that make sense, by the value of the one question."""

Answers = dict[str, str]


@dataclass
class DraftFile:
    """An upload that waits: its bytes are in the store, sealed with the draft's key."""

    kind: str
    name: str
    media_type: str
    size: int
    stored_id: int


@dataclass
class Typed:
    """The form's answers, by its pages; ``done`` names those that were accepted."""

    agency: str
    matters: list[Answers] = field(default_factory=list)
    answers: dict[str, Answers] = field(default_factory=dict)
    files: list[DraftFile] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, text: bytes) -> "Typed":
        told = json.loads(text)
        files = [DraftFile(**one) for one in told.pop("files", [])]
        return cls(**told, files=files)

    def bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    def of(self, step: str) -> Answers:
        return self.answers.get(step, {})

    @property
    def is_person(self) -> bool:
        return self.of("who").get("kind") in {"", None, ApplicantKind.NATURAL_PERSON}

    @property
    def missing(self) -> list[str]:
        """Pages still to be answered, in order."""
        return [step for step in STEPS if step not in self.done]

    def keep(self, step: str, answers: Answers) -> None:
        """What was typed, whether or not it will do."""
        self.answers[step] = answers
        self.undo(step)

    def accept(self, step: str, answers: Answers) -> None:
        """A page's answers; another page that no longer fits them is asked again."""
        was_person = self.is_person
        self.answers[step] = answers
        self.settle(step)
        if step == "who" and was_person != self.is_person:
            self.answers.pop("identity", None)
            self.undo("identity")
        if step == "contact" and self.lacks_contact(self.of("delivery").get("way", "")):
            self.undo("delivery")

    def settle(self, step: str) -> None:
        if step not in self.done:
            self.done.append(step)

    def undo(self, step: str) -> None:
        if step in self.done:
            self.done.remove(step)

    def lacks_contact(self, way: str) -> str:
        """What that way of delivery needs and was not given: address or email."""
        manner, route = WAYS.get(way, ("", ""))
        contact = self.of("contact")
        if route == Route.POST and not contact.get("address"):
            return "address"
        if manner == Manner.EMAIL and not contact.get("email"):
            return "email"
        return ""

    def set_matter(self, number: int, answers: Answers) -> None:
        """The ``number``-th matter, from 1; the one after the last is a new one."""
        if number <= len(self.matters):
            self.matters[number - 1] = answers
        else:
            self.matters.append(answers)

    @property
    def applicant(self) -> Applicant:
        identity, agent = self.of("identity"), self.of("agent")
        contact = self.of("contact")
        has_agent = agent.get("has_agent") == "yes"
        return Applicant(
            name=identity.get("name", ""),
            identity_kind=identity.get("identity_kind", ""),
            identity_no=identity.get("identity_no", ""),
            contact_person=identity.get("contact_person", ""),
            phone=contact.get("phone", ""),
            email=contact.get("email", ""),
            address=contact.get("address", ""),
            postcode=contact.get("postcode", ""),
            agent_name=agent.get("agent_name", "") if has_agent else "",
            agent_identity_no=agent.get("agent_identity_no", "") if has_agent else "",
        )

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        manner, route = WAYS.get(self.of("delivery").get("way", ""), ("", ""))
        return tuple(
            Wanted(
                subject=one.get("subject", ""),
                title=one.get("subject", ""),
                doc_no=one.get("doc_no", ""),
                description=one.get("description", ""),
                manner=manner,
                route=route,
            )
            for one in self.matters
        )
