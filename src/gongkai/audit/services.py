"""Writing the chain: every act records itself, as its transaction's last step."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from gongkai.audit.models import INSTALLATION, Chain, Event


class NotInTransaction(Exception):
    """An event was recorded outside the transaction of the act that it tells of."""


def record(
    verb: str,
    *,
    about: object,
    user_id: int | None,
    agency_id: int = INSTALLATION,
    data: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> Event:
    """Append one event to the agency's chain.

    Call it last in the act's transaction: it locks the chain's head until commit.
    ``data`` holds ids and hashes, never personal data. Raises NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(verb)
    seq, head = _next(agency_id)
    event = Event(
        agency_id=agency_id,
        seq=seq,
        at=at or timezone.now(),
        user_id=user_id,
        verb=verb,
        object_type=about._meta.label,  # type: ignore[attr-defined]
        object_id=str(about.pk),  # type: ignore[attr-defined]
        data=canonical(data or {}),
        previous=head,
    )
    event.mac = mac_of(event)
    event.save(force_insert=True)
    Chain.objects.filter(pk=agency_id).update(head=event.mac)
    return event


def _next(agency_id: int) -> tuple[int, str]:
    """The next place in the chain and the head before it; locks the chain's row."""
    table = Chain._meta.db_table
    with connection.cursor() as cursor:
        for _try in range(2):
            cursor.execute(
                f"UPDATE {table} SET seq = seq + 1 WHERE agency_id = %s "  # noqa: S608 - the model's own table
                "RETURNING seq, head",
                [agency_id],
            )
            if row := cursor.fetchone():
                return int(row[0]), str(row[1])
            with transaction.atomic():
                Chain.objects.bulk_create([Chain(pk=agency_id)], ignore_conflicts=True)
    raise RuntimeError(f"no chain for agency {agency_id}")


def canonical(data: Mapping[str, object]) -> str:
    return json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )


def mac_of(event: Event) -> str:
    """HMAC-SHA-256 over the event and its predecessor's MAC, hex."""
    message = canonical(
        {
            "agency": event.agency_id,
            "seq": event.seq,
            "at": event.at.astimezone(timezone.get_default_timezone()).isoformat(),
            "user": event.user_id,
            "verb": event.verb,
            "type": event.object_type,
            "object": event.object_id,
            "data": event.data,
            "previous": event.previous,
        }
    )
    key = settings.AUDIT_KEY.encode()
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
