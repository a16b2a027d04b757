"""A worker is killed in the middle of an import: nothing twice, nothing missing."""

import os
import subprocess
import sys
import time

import pytest

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.models import Act, Case
from gongkai.applications.tests.registers import book, many, mapped, tried, work
from gongkai.applications.tests.test_killed import database
from gongkai.audit.models import Event
from gongkai.registry.imports import services
from gongkai.registry.models import ImportRow, ImportRun, OutboxEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]
ROWS = 450


@pytest.fixture
def agency(db: None) -> Agency:
    return make_agency()


@pytest.fixture
def head(agency: Agency) -> User:
    return make_user(agency, Role.OGI_OFFICE)


def killed_when(state: str, count: int) -> int:
    """Kill a worker once so many rows are in that state; how many there were then."""
    told = {
        "GONGKAI_TEST_DATABASE": database(),
        "DJANGO_SETTINGS_MODULE": "gongkai.settings_test",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.applications.tests.importing_process"],
        env={**os.environ, **told, "GONGKAI_FILES_ROOT": _files_root()},
    )
    rows = ImportRow.objects.filter(state=state)
    until = time.monotonic() + 60
    while rows.count() < count and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.02)
    process.kill()
    process.wait()
    # The lease runs out by itself; nobody waits for that here.
    OutboxEntry.objects.filter(done_at=None).update(leased_until=None)
    return rows.count()


def _files_root() -> str:
    from django.conf import settings

    return str(settings.FILES_ROOT)


def test_an_import_goes_on_where_the_killed_worker_stopped(
    head: User, agency: Agency
) -> None:
    run = tried(head, agency, book(many(ROWS)))
    services.bring_in(run=run)
    first = killed_when("done", 50)
    assert 50 <= first < ROWS
    second = killed_when("done", first + 50)
    assert first < second < ROWS
    work()
    run.refresh_from_db()
    assert run.state == "done"
    check_whole(run)


def check_whole(run: ImportRun) -> None:
    cases = Case.objects.order_by("pk")
    assert cases.count() == ROWS
    assert Act.objects.filter(name="taken_over").count() == ROWS
    assert len(set(cases.values_list("legacy_number", flat=True))) == ROWS
    rows = run.rows.filter(state="done").order_by("record_id")
    assert list(rows.values_list("record_id", flat=True)) == list(
        cases.values_list("pk", flat=True)
    )
    for year in set(cases.values_list("year", flat=True)):
        serials = cases.filter(year=year).values_list("serial", flat=True)
        assert sorted(serials) == list(range(1, len(serials) + 1))
    assert Event.objects.filter(verb="import.done").count() == 1


def test_a_trial_goes_on_behind_the_last_row_that_it_kept(
    head: User, agency: Agency
) -> None:
    run = mapped(head, agency, book(many(ROWS)))
    assert killed_when("good", 200) < ROWS
    work()
    run.refresh_from_db()
    assert (run.state, run.total) == ("checked", ROWS)
    assert run.rows.filter(state="good").count() == ROWS
