"""The figures of disclosure on one's own motion, each as the records behind it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from gongkai.items.choices import ChangeKind, Channel, Kind, Stage, Validity
from gongkai.items.models import Change, Item, Release, Version
from gongkai.registry.measures import (
    Asked,
    Family,
    Measure,
    Period,
    Record,
    register,
    register_family,
)

ITEMS, RELEASES = "条目台账", "发布台账"


def disclosed(asked: Asked) -> models.QuerySet[Item]:
    """Row 1.1: an item once, whatever the number of its channels."""
    return (
        Item.objects.disclosed(asked.period.first, asked.period.last, asked.as_of)
        .filter(agency__in=asked.agency_ids)
        .select_related("live")
        .newest_first()
    )


def normative(asked: Asked) -> models.QuerySet[Item]:
    """Row 1.1.1: of these, the administrative normative documents."""
    return disclosed(asked).filter(kind=Kind.NORMATIVE)


def documents(kind: Kind, asked: Asked) -> models.QuerySet[Any]:
    """Documents of a kind that were decided on by then, also those kept closed.

    Annotated with the days of their newest version: ``newest_made_on`` and so on.
    """
    newest = Version.objects.filter(
        item=OuterRef("pk"), made_at__lte=asked.as_of
    ).order_by("-number")
    kept = Q(kind="", stage=Stage.KEPT, stage_since__lte=asked.as_of)
    return (
        Item.objects.filter(
            Q(kind=kind, recorded_at__lte=asked.as_of) | kept,
            agency__in=asked.agency_ids,
        )
        .annotate(
            newest_kind=Subquery(newest.values("kind")[:1]),
            newest_made_on=Subquery(newest.values("made_on")[:1]),
            newest_expires_on=Subquery(newest.values("expires_on")[:1]),
        )
        .filter(newest_kind=kind)
        .select_related("live")
        .order_by("-newest_made_on", "-pk")
    )


class Made:
    """Row 1.1.2, and 本年制发件数: made in the period, also those kept closed."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, asked: Asked) -> models.QuerySet[Item]:
        days = (asked.period.first, asked.period.last)
        return documents(self.kind, asked).filter(newest_made_on__range=days)


class Repealed:
    """本年废止件数: repealed in the period, as far as known by then."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, asked: Asked) -> models.QuerySet[Item]:
        days = (asked.period.first, asked.period.last)
        found = documents(self.kind, asked).filter(
            ~_told_later(asked), validity=Validity.REPEALED, repealed_on__range=days
        )
        return found.order_by("-repealed_on", "-pk")


class InForce:
    """现行有效件数: made by the last day, neither repealed nor lapsed on it."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, asked: Asked) -> models.QuerySet[Item]:
        last = asked.period.last
        stands = (
            Q(repealed_on__isnull=True) | Q(repealed_on__gt=last) | _told_later(asked)
        )
        lasts = Q(newest_expires_on__isnull=True) | Q(newest_expires_on__gt=last)
        return documents(self.kind, asked).filter(
            stands, lasts, newest_made_on__lte=last
        )


def _told_later(asked: Asked) -> Exists:
    """The item's repeal was entered after the moment asked for."""
    later = Change.objects.filter(
        item=OuterRef("pk"), kind=ChangeKind.REPEAL, made_at__gt=asked.as_of
    )
    return Exists(later)


class NewlyDisclosed:
    """本年新公开数量 of a kind of document."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, asked: Asked) -> models.QuerySet[Item]:
        return disclosed(asked).filter(kind=self.kind)


class AllDisclosed:
    """对外公开总数量: all of a kind that were public by the last day."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, asked: Asked) -> models.QuerySet[Item]:
        period = Period(date.min, asked.period.last)
        return disclosed(replace(asked, period=period)).filter(kind=self.kind)


class Releases:
    """Rows 1.2.1 to 1.2.5: each release of a channel counts in its channel."""

    def __init__(self, channel: Channel | None = None) -> None:
        self.channel = channel

    def __call__(self, asked: Asked) -> models.QuerySet[Release]:
        found = Release.objects.filter(
            Q(item__withdrawn_at__isnull=True) | Q(item__withdrawn_at__gt=asked.as_of),
            item__agency__in=asked.agency_ids,
            on__range=(asked.period.first, asked.period.last),
            entered_at__lte=asked.as_of,
        )
        if self.channel is not None:
            found = found.filter(outlet__channel=self.channel)
        return found.select_related("item__live", "outlet").order_by("-on", "-pk")


def describe_item(item: Any) -> Record:
    version = item.live or item.versions.order_by("-number")[0]
    on = item.published_on or version.made_at.date()
    url = reverse("items-console:item", args=[item.pk])
    return Record(on, version.title, url, str(item))


def describe_release(release: Any) -> Record:
    told = describe_item(release.item)
    return Record(release.on, told.title, told.url, release.outlet.name)


for _key, _records in (
    ("proactive_total", disclosed),
    ("normative_documents", normative),
    ("normative_documents_issued", Made(Kind.NORMATIVE)),
):
    register(Measure(_key, ITEMS, _records, describe_item))

for _row, _kind in (("rules", Kind.RULE), ("normative_documents", Kind.NORMATIVE)):
    for _column, _of in (
        ("made", Made),
        ("repealed", Repealed),
        ("in_force", InForce),
        ("newly_disclosed", NewlyDisclosed),
        ("total_disclosed", AllDisclosed),
    ):
        _key = f"disclosure.{_row}.{_column}"
        register(Measure(_key, ITEMS, _of(_kind), describe_item))

CHANNELS: dict[str, Channel | None] = {
    "channel_total": None,
    "channel_gazette": Channel.GAZETTE,
    "channel_website": Channel.WEBSITE,
    "channel_weibo": Channel.WEIBO,
    "channel_wechat": Channel.WECHAT,
    "channel_other": Channel.OTHER,
}


def releases_by_channel(asked: Asked) -> dict[str, int]:
    """All rows of 1.2 at once. One query."""
    groups = Releases()(asked).order_by().values_list("outlet__channel")
    found = dict(groups.annotate(Count("pk")))
    rows = {key: found.get(channel, 0) for key, channel in CHANNELS.items()}
    return {**rows, "channel_total": sum(found.values())}


for _key, _channel in CHANNELS.items():
    register(Measure(_key, RELEASES, Releases(_channel), describe_release))
register_family(Family(frozenset(CHANNELS), releases_by_channel))
