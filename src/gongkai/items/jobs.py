from datetime import timedelta

from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.items.mailing import TOPIC
from gongkai.items.models import Step, Version
from gongkai.items.services.publishing import publish_due
from gongkai.registry.outbox import Lease, handles
from gongkai.registry.schedules import repeats

repeats("items.publish_due", every=timedelta(seconds=20))(publish_due)


@handles(TOPIC)
def send(lease: Lease) -> None:
    if "step" in lease.payload:
        step = Step.objects.select_related("version__item__agency").get(
            pk=_id(lease, "step")
        )
        if step.is_current:
            _send("waiting", step.version, _deciders(step))
    else:
        version = Version.objects.select_related("item__agency", "made_by").get(
            pk=_id(lease, "returned")
        )
        if version.made_by is not None:
            _send("returned", version, [version.made_by.email])


def _id(lease: Lease, name: str) -> int:
    return int(str(lease.payload[name]))


def _deciders(step: Step) -> list[str]:
    today = timezone.localdate()
    held = Q(person__posts__ends_on__isnull=True) | Q(person__posts__ends_on__gt=today)
    people = User.objects.filter(
        held,
        is_active=True,
        person__posts__agency=step.agency_id,
        person__posts__role=step.role,
        person__posts__starts_on__lte=today,
    )
    return list(people.exclude(email="").values_list("email", flat=True).distinct())


def _send(event: str, version: Version, addresses: list[str]) -> None:
    told = {"agency": version.item.agency.name, "item_id": version.item_id}
    text = render_to_string(f"items/mails/{event}.txt", told)
    subject, body = text.strip().split("\n", 1)
    for address in filter(None, addresses):
        send_mail(subject, body.strip(), None, [address])
