"""An item as the public reads it, with everything that stands around its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.catalogue.models import ColumnKind
from gongkai.catalogue.navigation import Section
from gongkai.items.choices import ChangeKind
from gongkai.items.listing import Row, rows_of
from gongkai.items.models import Change, Item, Release, Version, Vouching
from gongkai.items.panels import Panel, panels_of
from gongkai.items.querysets import ItemQuerySet
from gongkai.items.reading.text import sanitise, with_reachable_tables
from gongkai.items.standing import Standing, standing_of
from gongkai.registry import files

RELATED = 5
_FILE_KINDS = {
    "application/pdf": "PDF",
    files.DOCX: "Word",
    files.XLSX: "Excel",
    "application/zip": "ZIP",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WebP",
}


@dataclass(frozen=True)
class Fact:
    """A line of the metadata block; the label is the office's own word."""

    label: str
    value: str
    # Of a tag before the value: its text and state.
    tag: tuple[str, str] | None = None
    wide: bool = False


@dataclass(frozen=True)
class Attachment:
    name: str
    url: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PublicPage:
    """The page of one public item. Its queries do not grow with its parts."""

    item: Item
    live: Version
    section: Section
    standing: Standing | None
    facts: tuple[Fact, ...]
    attachments: tuple[Attachment, ...]
    changes: tuple[Change, ...]
    elsewhere: tuple[Release, ...]
    vouching: Vouching | None
    newer: Row | None
    older: Row | None
    related: tuple[Row, ...]
    panels: tuple[Panel, ...]

    @classmethod
    def read(cls, item_id: int, today: date) -> "PublicPage | None":
        """None for what is not public (any more)."""
        item = (
            Item.objects.visible_to_public()
            .select_related("live__vouching", "agency", "column")
            .filter(pk=item_id)
            .first()
        )
        if item is None or item.live is None:
            return None
        neighbours = _in_column(item)
        newer, older = _beside(item, neighbours)
        return cls(
            item=item,
            live=item.live,
            section=Section(item.agency),
            standing=(standing := standing_of(item, today)),
            facts=tuple(_facts(item, item.live, standing)),
            attachments=tuple(_attachments(item.live)),
            changes=tuple(item.changes.all()),
            elsewhere=_releases_elsewhere(item),
            vouching=getattr(item.live, "vouching", None),
            newer=next(iter(rows_of(newer, today, body=False)), None),
            older=next(iter(rows_of(older, today, body=False)), None),
            related=tuple(rows_of(_newest(item, neighbours), today, body=False)),
            panels=tuple(panels_of(item)),
        )

    def context(self) -> dict[str, object]:
        column = self.item.column
        return {
            **self.section.context(column),
            "page": self,
            "item": self.item,
            "live": self.live,
            "crumbs": [*self.section.crumbs(column), (_("Text"), "")],
            "apply_column": self.section.of_kind(ColumnKind.APPLY),
        }

    @property
    def repeal(self) -> Change | None:
        """The newest note on a repeal."""
        repeals = [one for one in self.changes if one.kind == ChangeKind.REPEAL]
        return repeals[-1] if repeals else None

    @property
    def body(self) -> SafeString:
        """The text, cleaned once more: whatever wrote the row, no page runs it."""
        return SafeString(with_reachable_tables(sanitise(self.live.body)))

    @property
    def index_no(self) -> str:
        return self.item.index_no or self.item.legacy_index_no

    @property
    def citation(self) -> str:
        """Without the address, which the page's own request tells."""
        live = self.live
        name = f"《{live.title}》" if "《" not in live.title else live.title
        number = f"（{live.doc_no}）" if live.doc_no else ""
        parts = [f"{live.issuer or self.item.agency.name}：{name}{number}"]
        if self.item.published_on:
            parts.append(f"{self.item.published_on.isoformat()}发布")
        if self.index_no:
            parts.append(f"索引号{self.index_no}")
        return "，".join(parts)

    @property
    def change_events(self) -> list[dict[str, object]]:
        return [
            {
                "title": ChangeKind(change.kind).label,
                "state": "done",
                "at": change.on.isoformat(),
                "note": _told_still(change),
            }
            for change in self.changes
        ]


def _told_still(change: Change) -> str:
    """The note; that of a withdrawal goes when the item comes back, its day stays.

    It tells what was wrong with a text that nobody may read any more; it may repeat it.
    """
    return "" if change.kind == ChangeKind.WITHDRAWAL else change.note


def _facts(item: Item, live: Version, standing: Standing | None) -> Iterator[Fact]:
    """Labels of domain practice, 索引号 first; what was never given is left out."""
    told: list[tuple[str, str]] = [
        ("索引号", item.index_no or item.legacy_index_no),
        ("文号", live.doc_no),
        ("发文机关", live.issuer or item.agency.name),
        ("成文日期", live.made_on.isoformat() if live.made_on else ""),
        ("主题分类", live.topic),
        ("发布日期", item.published_on.isoformat() if item.published_on else ""),
        ("体裁分类", live.genre),
        ("服务对象", live.audience),
    ]
    for label, value in told:
        if value:
            yield Fact(label, value)
    if standing is not None:
        yield Fact("有效性", _term(live), tag=(standing.label, standing.state))
    if item.repealed_on:
        yield Fact("废止日期", item.repealed_on.isoformat())
    yield Fact("公开方式", str(live.get_attribute_display()))
    if live.source:
        yield Fact("信息来源", live.source)
    if live.keywords:
        yield Fact("主题词", live.keywords)
    if live.summary:
        yield Fact("内容概述", live.summary, wide=True)


def _term(live: Version) -> str:
    """From when until when the document sets itself to be in force."""
    first = f"{live.effective_on.isoformat()} 起" if live.effective_on else ""
    last = f"至 {live.expires_on.isoformat()}" if live.expires_on else ""
    return "，".join(filter(None, (first, last)))


def _attachments(live: Version) -> Iterator[Attachment]:
    for file in live.files.filter(is_picture=False).select_related("stored"):
        yield Attachment(
            name=file.name,
            url=reverse("files:file", args=[file.public_id, file.name]),
            kind=_FILE_KINDS.get(file.stored.media_type, ""),
            size=file.stored.size,
            sha256=file.stored.sha256,
        )


def _releases_elsewhere(item: Item) -> tuple[Release, ...]:
    found = item.releases.filter(outlet__is_own_site=False).select_related("outlet")
    return tuple(found[:50])


def _in_column(item: Item) -> ItemQuerySet:
    public = Item.objects.visible_to_public().for_public_list()
    return public.filter(column=item.column, agency_id=item.agency_id)


def _beside(
    item: Item, neighbours: ItemQuerySet
) -> tuple[Sequence[Item], Sequence[Item]]:
    """The one after it and the one before it, by publication, in the same column."""
    on, pk = item.published_on, item.pk
    same_day = neighbours.filter(published_on=on)
    newer = [
        *same_day.filter(pk__gt=pk).order_by("pk")[:1],
        *neighbours.filter(published_on__gt=on).order_by("published_on", "pk")[:1],
    ]
    older = [
        *same_day.filter(pk__lt=pk).order_by("-pk")[:1],
        *neighbours.filter(published_on__lt=on).newest_first()[:1],
    ]
    return newer[:1], older[:1]


def _newest(item: Item, neighbours: ItemQuerySet) -> Sequence[Item]:
    return list(neighbours.exclude(pk=item.pk).newest_first()[:RELATED])
