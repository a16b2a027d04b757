"""``python -m bench.counting form|tree``: times of counting on a site, as JSON."""

import json
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime

import django

django.setup()

from django.db import connection  # noqa: E402 - after the set-up
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from gongkai import returns  # noqa: E402
from gongkai.accounts.services import add_person, open_account  # noqa: E402
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.agencies.roles import Role  # noqa: E402
from gongkai.agencies.scope import SYSTEM, scope_of  # noqa: E402
from gongkai.agencies.services import appoint  # noqa: E402
from gongkai.registry.measures import Period  # noqa: E402
from gongkai.statistics import entries, figures, sums  # noqa: E402
from gongkai.statistics.models import Filing, FilingCell, Reach  # noqa: E402
from gongkai.statistics.services import filing as acts  # noqa: E402
from gongkai.statistics.services.filing import Foot  # noqa: E402

FORM = returns.load_form("2021")
YEAR = Period.year(2024)
ROUNDS = 5


def _seconds(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median; the first time, which reads from the disk, is one of them."""
    times = []
    for _each in range(rounds):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def of_form() -> dict[str, float]:
    agency = Agency.objects.get(pk=1)
    now = timezone.now()
    told = {
        "form": _seconds(lambda: figures.compute(FORM, agency, YEAR, now)),
        "older": _seconds(
            lambda: figures.compute(returns.load_form("2014"), agency, YEAR, now)
        ),
        "cells": _seconds(lambda: _cell_by_cell(agency, now), 1),
    }
    client = _office(agency)
    scope = client.scope  # type: ignore[attr-defined]
    draft = acts.begin(by=scope, agency=agency, form=FORM, period=YEAR)
    foot = Foot("甲", "乙", "丙", "1", date(2025, 1, 20))
    told["filing"] = _seconds(lambda: acts.file(by=scope, filing=draft, foot=foot), 1)
    page = f"/console/figures/-/returns/{draft.pk}/"
    client.get(page)
    told["filed"] = _seconds(lambda: client.get(page))
    told["empty"] = _seconds(lambda: client.get("/console/figures/-/table/save/"))
    return told


def _cell_by_cell(agency: Agency, now: datetime) -> None:
    """As the form is counted without families: one query for every cell."""
    asked = figures.asked_for(agency, YEAR, now)
    for key in FORM.by_key:
        if measure := entries.measure_of(key):
            measure.value(asked)


def _office(agency: Agency) -> Client:
    person = add_person(name="吴晓岚", staff_no="B1", by_id=None)
    password = secrets.token_urlsafe(16) + "-aA1"
    user = open_account(person=person, username="office", password=password, by_id=None)
    for role in (Role.OGI_OFFICE, Role.LEADER):
        appoint(
            by=SYSTEM,
            person=person,
            agency=agency,
            role=role,
            starts_on=date(2020, 1, 1),
        )
    client = Client(headers={"host": "localhost"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.scope = scope_of(user, timezone.localdate())  # type: ignore[attr-defined]
    return client


def of_tree() -> dict[str, float]:
    root = Agency.objects.get(pk=1)
    now = timezone.now()
    asked = figures.asked_for(root, YEAR, now, Reach.AREA)
    told = {
        "ledgers": _seconds(lambda: figures.form_values(FORM, asked), 3),
        "pass": _seconds(_one_pass, 3),
    }
    _file_all(now)
    parts = sums.below(FORM.name, YEAR, root, Reach.AREA)
    told["returns"] = _seconds(lambda: sums.totals(FORM, parts), 3)
    told["cells"] = _seconds(_sum_of_cells, 3)
    return told


def _one_pass() -> None:
    """The least that any roll-up must do: read the register once, by body."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id, result, COUNT(*), MIN(received_on), MAX(closed_on) "
            "FROM applications_case GROUP BY agency_id, result"
        )
        cursor.fetchall()


def _sum_of_cells() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, SUM(value) FROM statistics_filingcell GROUP BY key")
        cursor.fetchall()


def _file_all(now: datetime) -> None:
    """A return of every body, with a figure in each cell."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    filings = Filing.objects.bulk_create(
        Filing(
            agency_id=pk,
            form=FORM.name,
            first=YEAR.first,
            last=YEAR.last,
            state="accepted",
            as_of=now,
            begun_at=now,
            filed_at=now,
            content_hash="x",
        )
        for pk in agencies
    )
    cells = (
        FilingCell(filing=filing, key=key, computed=filing.pk % 7, value=filing.pk % 7)
        for filing in filings
        for key in FORM.by_key
    )
    FilingCell.objects.bulk_create(cells, batch_size=20_000)


if __name__ == "__main__":
    print(json.dumps({"form": of_form, "tree": of_tree}[sys.argv[1]]()))
