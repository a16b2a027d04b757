"""An item's life as the audit chain tells it, in the words of the office."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts.models import User
from gongkai.audit.models import Event
from gongkai.items.models import Item

WORDS = {
    "item.started": gettext_lazy("Draft begun"),
    "item.saved": gettext_lazy("Draft saved"),
    "item.file_added": gettext_lazy("Attachment added"),
    "item.file_removed": gettext_lazy("Attachment removed"),
    "item.read_from_word": gettext_lazy("Read from a Word file"),
    "item.submitted": gettext_lazy("Handed in"),
    "item.file_opened": gettext_lazy("Attachment opened"),
    "item.finding_explained": gettext_lazy("Finding explained"),
    "item.approved": gettext_lazy("Approved"),
    "item.returned": gettext_lazy("Returned for changes"),
    "item.planned": gettext_lazy("Publication planned"),
    "item.published": gettext_lazy("Published"),
    "item.withdrawn": gettext_lazy("Withdrawn"),
    "item.repealed": gettext_lazy("Repealed"),
    "item.released": gettext_lazy("Release entered"),
    "item.revised": gettext_lazy("Taken back to change"),
    "item.taken_over": gettext_lazy("Taken over from an earlier publication"),
}
# Saving after every few sentences would bury the rest.
_RUNS = frozenset({"item.saved"})
LIMIT = 200


@dataclass(frozen=True)
class Told:
    """One act. ``times`` counts the same person's equal acts in a row."""

    at: datetime
    who: str
    what: str
    note: str = ""
    times: int = 1


def history_of(item: Item) -> list[Told]:
    """The newest acts first. Two queries."""
    versions = [str(pk) for pk in item.versions.values_list("pk", flat=True)]
    events = Event.objects.filter(
        Q(object_type="items.Item", object_id=str(item.pk))
        | Q(object_type="items.Version", object_id__in=versions)
    ).order_by("-pk")[:LIMIT]
    return list(_told(list(events)))


def _told(events: list[Event]) -> Iterable[Told]:
    ids = {event.user_id for event in events if event.user_id}
    users = User.objects.select_related("person").in_bulk(ids)
    run: Event | None = None
    times = 0
    for event in events:
        if run is not None and _is_same_run(run, event):
            times += 1
            continue
        if run is not None:
            yield _line(run, users, times)
        run, times = event, 1
    if run is not None:
        yield _line(run, users, times)


def _is_same_run(run: Event, event: Event) -> bool:
    return (
        event.verb in _RUNS and event.verb == run.verb and event.user_id == run.user_id
    )


def _line(event: Event, users: dict[int, User], times: int) -> Told:
    user = users.get(event.user_id) if event.user_id else None
    who = user.person.name if user else _("the system")
    what = str(WORDS.get(event.verb, event.verb))
    return Told(event.at, who, what, _note(event), times)


def _note(event: Event) -> str:
    data = json.loads(event.data)
    if event.verb == "item.published" and data.get("index_no"):
        return str(data["index_no"])
    return ""
