"""The figures of the form's first section, each as the records behind it."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from gongkai.items.choices import Channel, Kind, Stage
from gongkai.items.models import Item, Release, Version
from gongkai.registry.measures import Asked, Measure, Record, register

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


def issued(asked: Asked) -> models.QuerySet[Item]:
    """Row 1.1.2: normative documents made in the period, also those kept closed."""
    newest = Version.objects.filter(
        item=OuterRef("pk"), made_at__lte=asked.as_of
    ).order_by("-number")
    decided = Q(recorded_at__lte=asked.as_of) | Q(stage=Stage.KEPT)
    return (
        Item.objects.filter(decided, agency__in=asked.agency_ids)
        .annotate(
            newest_kind=Subquery(newest.values("kind")[:1]),
            newest_made_on=Subquery(newest.values("made_on")[:1]),
        )
        .filter(
            newest_kind=Kind.NORMATIVE,
            newest_made_on__range=(asked.period.first, asked.period.last),
        )
        .select_related("live")
        .order_by("-newest_made_on", "-pk")
    )


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
    ("normative_documents_issued", issued),
):
    register(Measure(_key, ITEMS, _records, describe_item))

for _key, _channel in (
    ("channel_total", None),
    ("channel_gazette", Channel.GAZETTE),
    ("channel_website", Channel.WEBSITE),
    ("channel_weibo", Channel.WEIBO),
    ("channel_wechat", Channel.WECHAT),
    ("channel_other", Channel.OTHER),
):
    register(Measure(_key, RELEASES, Releases(_channel), describe_release))
