"""``python -m bench.deskwork SIZE``: fill a desk and measure it; prints JSON.

The cases of the register are inserted in bulk; what is measured is not.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after the set-up
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from gongkai.accounts.services import add_person, open_account  # noqa: E402
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.agencies.roles import Role  # noqa: E402
from gongkai.agencies.scope import SYSTEM  # noqa: E402
from gongkai.agencies.services import appoint  # noqa: E402
from gongkai.applications import clock  # noqa: E402
from gongkai.applications.choices import Channel, Stage  # noqa: E402
from gongkai.applications.models import Act, Case  # noqa: E402
from gongkai.applications.persons import Applicant, Wanted  # noqa: E402
from gongkai.applications.rules import Actor  # noqa: E402
from gongkai.applications.services.registering import (  # noqa: E402
    Incoming,
    register,
)
from gongkai.registry import calendars  # noqa: E402

PASSWORD = "Correct-horse-7"  # noqa: S105 - of a scratch site
MODELS = 10
REGISTERED = 1_000
OPEN = 10_000
ASKED = 80
BATCH = 2_000
APPLICANTS = 20_000
"""Of the cases that are inserted; each applied several times."""


def main(size: int) -> None:
    agency = Agency.objects.order_by("path")[0]
    _register(agency, range(MODELS))
    _fill(agency, size)
    told = {
        "registered": _register(agency, range(MODELS, MODELS + REGISTERED)),
        "inserted": _insert(REGISTERED),
    }
    count = min(OPEN, size)
    told |= {"clocks": _clocks(count), "walked": _walk(count), "open": count}
    told |= {"page": _page(agency), "rows": _rows(agency)}
    sys.stdout.write(json.dumps(told))


def _incoming(number: int) -> Incoming:
    return Incoming(
        key=f"bench-{number}",
        channel=Channel.NETWORK,
        received_on=timezone.localdate(),
        kind="natural_person",
        applicant=Applicant(
            f"申请人{number}", identity_no=str(number), phone=f"199{number:08}"
        ),
        wanted=(Wanted(f"第{number}号信息", description="补助明细" * 20),),
    )


def _register(agency: Agency, numbers: range) -> float:
    """Per second, one after the other, each with its own synced commit."""
    started = time.perf_counter()
    for number in numbers:
        register(actor=Actor(), agency=agency, incoming=_incoming(number))
    return len(numbers) / (time.perf_counter() - started)


def _insert(count: int) -> float:
    size = len(bytes(Case.objects.order_by("pk")[0].sealed)) + 800
    with connection.cursor() as cursor:
        blob = connection.data_types["BinaryField"]
        cursor.execute(f"CREATE TABLE bench_plain (told {blob})")
    started = time.perf_counter()
    for _number in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_plain (told) VALUES (%s)", [bytes(size)])
    return count / (time.perf_counter() - started)


def _fill(agency: Agency, size: int) -> None:
    """Cases like the registered ones over ten years; the newest tenth is open."""
    model = Case.objects.order_by("pk")[0]
    cases = _cases(model, size)
    while batch := list(islice(cases, BATCH)):
        with transaction.atomic():
            Case.objects.bulk_create(batch)
    newest = Case.objects.order_by("-pk")[:OPEN]
    acts = [_sent(case) for case in newest if case.pk % 5 == 0]
    Act.objects.bulk_create(acts, BATCH)
    if connection.vendor == "postgresql":
        # As its autovacuum does within a minute of such a bulk.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _cases(model: Case, size: int) -> Iterator[Case]:
    today = timezone.localdate()
    fields = [
        field.attname
        for field in Case._meta.concrete_fields
        if field.attname not in {"id", "number", "serial", "query_index", "words"}
    ]
    for number in range(size):
        case = Case(**{name: getattr(model, name) for name in fields})
        is_open = number >= size - min(OPEN, size)
        age = (size - number) * 3650 // size if not is_open else (size - number) % 60
        case.number, case.year, case.serial = f"BENCH-{number}", 2000, number + 1
        case.name_index = f"{number % APPLICANTS:064}"
        case.identity_index = case.contact_index = case.name_index
        case.query_index = f"bench-{number}"
        case.received_on = today - timedelta(days=age)
        case.due_on = case.received_on + timedelta(days=28)
        if not is_open:
            case.stage, case.result = Stage.ARCHIVED, "R1"
            case.closed_on = case.due_on
        yield case


def _sent(case: Case) -> Act:
    return Act(
        case=case,
        name="consult_third_party",
        to_stage=Stage.THIRD_PARTY,
        on=case.received_on,
        at=timezone.now(),
        clock_kind="third-party-sent",
    )


def _clocks(count: int) -> float:
    """Seconds for the due dates of so many open cases, with their acts."""
    started = time.perf_counter()
    cases = Case.objects.open().select_related("agency").prefetch_related("acts")
    calendar = calendars.calendar_of(Agency.objects.order_by("path")[0])
    for case in cases[:count]:
        clock.clock_of(case, calendar)
    return time.perf_counter() - started


def _walk(count: int) -> float:
    """The same terms without pauses, a day after the other over a table of days."""
    calendar = calendars.calendar_of(Agency.objects.order_by("path")[0])
    started = time.perf_counter()
    for received_on in Case.objects.open().values_list("received_on", flat=True)[
        :count
    ]:
        _walk_one(received_on, calendar.is_working)
    return time.perf_counter() - started


def _walk_one(day: date, is_working) -> date:  # type: ignore[no-untyped-def]
    left = 20
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day


def _page(agency: Agency) -> float:
    """Milliseconds, the 95th percentile over pages and filters, server's part only."""
    person = add_person(name="经办人", staff_no="bench", by_id=None)
    user = open_account(person=person, username="bench", password=PASSWORD, by_id=None)
    appoint(
        by=SYSTEM,
        person=person,
        agency=agency,
        role=Role.OGI_OFFICE,
        starts_on=date(2000, 1, 1),
    )
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    address = reverse("applications-console:list")
    asked = (
        *("", "?page=2", "?state=filed", "?state=all&page=1500", "?state=overdue"),
        *("?channel=network&due=5", "?q=bench-7&state=all", "?state=all&result=R1"),
    )
    client.get(address, secure=True)
    times = []
    for number in range(ASKED):
        started = time.perf_counter()
        answer = client.get(address + asked[number % len(asked)], secure=True)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
    return statistics.quantiles(times, n=20)[-1]


def _rows(agency: Agency) -> float:
    """Milliseconds for the rows of a page, as objects."""
    times = []
    for _number in range(ASKED):
        started = time.perf_counter()
        list(Case.objects.filter(agency=agency).newest_first()[:50])
        times.append((time.perf_counter() - started) * 1000)
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
