"""A version, or a draft, as rows and files for the console's pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.items.choices import Attribute, Kind, Outcome, StepKind
from gongkai.items.inspection import masked_file_name
from gongkai.items.models import Content, DraftFile, Finding, Item, Version, VersionFile
from gongkai.items.models.flow import ReviewStep
from gongkai.items.places import with_anchors
from gongkai.items.reading.text import sanitise, with_reachable_tables
from gongkai.registry import files as store

FILE_KINDS = {
    "application/pdf": "PDF",
    store.DOCX: "Word",
    store.XLSX: "Excel",
    "application/zip": "ZIP",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WebP",
}
SHOWN = (
    "kind",
    "column",
    "attribute",
    "ground",
    "reason",
    "doc_no",
    "issuer",
    "made_on",
    "effective_on",
    "expires_on",
    "genre",
    "topic",
    "keywords",
    "audience",
    "summary",
    "source",
    "public_note",
)
PUBLIC = (
    "doc_no",
    "issuer",
    "made_on",
    "topic",
    "genre",
    "audience",
    "keywords",
    "summary",
    "source",
    "effective_on",
    "expires_on",
)


@dataclass(frozen=True)
class Body:
    """Safe HTML, and the anchors of the places that findings name."""

    html: SafeString
    anchors: dict[str, str]


@dataclass(frozen=True)
class ShownFile:
    """As ``web/_file_row.html`` takes it."""

    name: str
    url: str
    kind: str
    size: int
    sha256: str
    public_id: str
    opened_at: datetime | None = None
    finding: tuple[str, str] | None = None


def body_of(content: Content, findings: Iterable[Finding] = ()) -> Body:
    """The text once more through the sanitiser: what is shown is never trusted."""
    places = [finding.place for finding in findings]
    html, anchors = with_anchors(sanitise(content.body), places)
    html = with_reachable_tables(html)
    return Body(mark_safe(html), anchors)  # noqa: S308 - sanitised three lines above


def rows_of(content: Content, names: Iterable[str] = SHOWN) -> list[tuple[str, str]]:
    """(label, value) of the fields; empty where nothing was given."""
    return [
        (label_of(name), value_of(content, name))
        for name in names
        if name != "public_note" or bool(getattr(content, name, ""))
    ]


def given_rows_of(content: Content, names: Iterable[str]) -> list[tuple[str, str]]:
    return [row for row in rows_of(content, names) if row[1]]


def label_of(name: str) -> str:
    if name == "public_note":
        return _("Public note")
    return str(getattr(Version._meta.get_field(name), "verbose_name", name))


def value_of(content: Content, name: str) -> str:
    if name == "kind":
        return str(Kind(content.kind).label)
    if name == "attribute":
        return str(Attribute(content.attribute).label)
    if name == "ground":
        return content.get_ground_display()
    value = getattr(content, name)
    return "" if value is None else str(value)


def draft_files(files: Iterable[DraftFile]) -> list[ShownFile]:
    return [_shown(file) for file in files if not file.is_picture]


def version_files(
    files: Iterable[VersionFile],
    findings: Iterable[Finding] = (),
    opened: dict[str, datetime] | None = None,
) -> list[ShownFile]:
    """The attachments with what the inspection said of each, and when it was opened."""
    listed = list(findings)
    return [
        _shown(
            file,
            (opened or {}).get(file.public_id),
            _verdict(file, listed),
        )
        for file in files
        if not file.is_picture
    ]


def _shown(
    file: DraftFile | VersionFile,
    opened_at: datetime | None = None,
    finding: tuple[str, str] | None = None,
) -> ShownFile:
    return ShownFile(
        name=file.name,
        url=reverse("files:file", args=[file.public_id, file.name]),
        kind=FILE_KINDS.get(file.stored.media_type, ""),
        size=file.stored.size,
        sha256=file.stored.sha256,
        public_id=file.public_id,
        opened_at=opened_at,
        finding=finding,
    )


def _verdict(file: VersionFile, findings: Iterable[Finding]) -> tuple[str, str]:
    # A finding names its file without the numbers of people that stand in the name.
    name = masked_file_name(file.name)
    about = [
        finding
        for finding in findings
        if finding.place == name
        or finding.place.startswith((f"{name} ›", f"文件名 {name}"))
    ]
    serious = sum(finding.is_serious for finding in about)
    if serious:
        return _("Serious findings: %(count)s") % {"count": serious}, "bad"
    if about:
        return _("Hints: %(count)s") % {"count": len(about)}, "warn"
    if file.stored.media_type.startswith("image/"):
        return _("Picture, its words are not read"), "warn"
    return _("Nothing found"), "ok"


def process_of(version: Version | None) -> list[dict[str, Any]]:
    """Drafting and every step of the version, as ``web/_timeline.html`` takes them."""
    if version is None:
        return []
    author = version.author_person.name if version.author_person else ""
    events: list[dict[str, Any]] = [
        {
            "title": _("Handed in"),
            "state": "done",
            "at": moment_words(version.made_at),
            "who": author,
        }
    ]
    steps = version.steps.select_related("agency", "decision__person")
    events += step_events(steps, version.item.agency_id)
    vouching = getattr(version, "vouching", None)
    if vouching is not None:
        events.append(
            {
                "title": StepKind.VOUCHING.label,
                "state": "done",
                "at": moment_words(vouching.vouched_at),
                "note": vouching.source,
            }
        )
    return events


def step_events(steps: Iterable[ReviewStep], own_id: int) -> Iterator[dict[str, Any]]:
    """Steps with their decisions; ``own_id`` is the body whose work it is."""
    for step in steps:
        decision = getattr(step, "decision", None)
        place = step.get_role_display()
        if step.agency_id != own_id:
            place = f"{step.agency.name} · {place}"
        event: dict[str, Any] = {"title": step.get_kind_display(), "who": place}
        if decision is not None:
            is_return = decision.outcome == Outcome.RETURNED
            event |= {
                "state": "bad" if is_return else "done",
                "at": moment_words(decision.decided_at),
                "who": f"{decision.person.name} · {decision.get_outcome_display()}",
                "note": decision.opinion,
            }
        elif step.is_current:
            event |= {"state": "now", "at": moment_words(step.since)}
        else:
            event["state"] = "todo"
        yield event


def moment_words(at: datetime | None) -> str:
    """``11-21 09:10``; a moment of another year keeps its year."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    is_this_year = local.year == timezone.localdate().year
    return local.strftime("%m-%d %H:%M" if is_this_year else "%Y-%m-%d %H:%M")


def public_url(item: Item) -> str:
    return item.get_absolute_url() if item.is_public else ""
