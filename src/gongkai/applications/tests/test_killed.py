"""An acknowledged application is never lost: not by a worker that is killed."""

import os
import random
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection

from gongkai.applications.models import Act, Case
from gongkai.applications.services.following import find_case
from gongkai.applications.tests.factories import Desk
from gongkai.audit.models import Event
from gongkai.registry.models import OutboxEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

PROCESS = "gongkai.applications.tests.registering_process"


def database() -> str:
    """The address of the test's own database, for another process."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(told["NAME"])
    user, password = quote(told["USER"]), quote(told["PASSWORD"])
    place = f"{user}:{password}@{'' if told['HOST'].startswith('/') else told['HOST']}"
    port = f":{told['PORT']}" if told["PORT"] else ""
    tail = f"?host={quote(told['HOST'])}" if told["HOST"].startswith("/") else ""
    return f"postgres://{place}{port}/{told['NAME']}{tail}"


def start(desk: Desk, name: str, count: int) -> "subprocess.Popen[str]":
    told = {
        "GONGKAI_TEST_DATABASE": database(),
        "DJANGO_SETTINGS_MODULE": "gongkai.settings_test",
    }
    return subprocess.Popen(
        [sys.executable, "-m", PROCESS, str(desk.agency.pk), name, str(count)],
        env={**os.environ, **told},
        stdout=subprocess.PIPE,
        text=True,
    )


def read(process: "subprocess.Popen[str]") -> list[tuple[str, str]]:
    """Number and code of each acknowledged case; a line cut off was not told."""
    assert process.stdout is not None
    with process.stdout as told:
        lines = told.read().splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(number, code) for number, code in whole]


def killed_after_a_while(desk: Desk, name: str) -> list[tuple[str, str]]:
    process = start(desk, name, 10_000)
    assert process.stdout is not None
    first = process.stdout.readline().split()
    time.sleep(random.uniform(0, 0.15))
    process.kill()
    rest = read(process)
    process.wait()
    return [(first[0], first[1]), *rest]


def check_whole(desk: Desk, acknowledged: list[tuple[str, str]]) -> None:
    """Everything told is there, nothing is half there, no number is missing."""
    for number, code in acknowledged:
        assert find_case(number=number, code=code, address="10.0.0.9").number == number
    count = Case.objects.count()
    serials = sorted(Case.objects.values_list("serial", flat=True))
    assert serials == list(range(1, count + 1))
    assert Act.objects.count() == count
    assert Event.objects.filter(verb="case.registered").count() == count
    assert OutboxEntry.objects.filter(topic="applications.mail").count() == count


def test_a_killed_worker_loses_no_acknowledged_case() -> None:
    desk = Desk()
    told = [one for kill in range(10) for one in killed_after_a_while(desk, f"k{kill}")]
    check_whole(desk, told)


@pytest.mark.deep
def test_two_hundred_killed_workers_lose_no_acknowledged_case() -> None:
    desk = Desk()
    told = [
        one for kill in range(200) for one in killed_after_a_while(desk, f"k{kill}")
    ]
    check_whole(desk, told)


def test_four_processes_share_one_series_of_numbers() -> None:
    desk = Desk()
    processes = [start(desk, f"p{number}", 12) for number in range(4)]
    told = [one for process in processes for one in read(process)]
    assert [process.wait() for process in processes] == [0] * 4
    assert len(told) == 48
    check_whole(desk, told)
