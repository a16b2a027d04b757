"""``python -m bench.ledgers AGENCIES CASES ITEMS``: a tree of bodies and its ledgers.

Written inside the database, as no clerk would: what is measured is the counting.
"""

import sys
from collections.abc import Mapping
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the set-up
from django.db import connection, models, transaction  # noqa: E402
from django.db.models.fields import NOT_PROVIDED  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.table import say  # noqa: E402
from gongkai import law  # noqa: E402
from gongkai.agencies.models import Agency  # noqa: E402
from gongkai.applications.choices import ApplicantKind, Channel  # noqa: E402
from gongkai.applications.models import Case, Paper  # noqa: E402
from gongkai.items.models import Item, Version  # noqa: E402

DAYS = 1_800
"""Five years, from 2021 on."""
BATCH = 250_000
CHILDREN = 54
"""Of each body: 1 + 54 + 54 × 54 is a little less than three thousand."""
IS_POSTGRES = connection.vendor == "postgresql"
Columns = Mapping[str, str]


def main(agencies: int, cases: int, items: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _hurry()
    _tree(agencies)
    paper = Paper.objects.create(
        agency_id=1,
        key="bench",
        channel="network",
        received_on="2021-01-01",
        registered_at=timezone.now(),
    )
    for begin in range(0, cases, BATCH):
        columns = _case(paper.pk, agencies, cases)
        _insert(Case, columns, begin, min(begin + BATCH, cases))
        say(f"{min(begin + BATCH, cases):,} of {cases:,} cases")
    for begin in range(0, items, BATCH):
        ends = begin, min(begin + BATCH, items)
        with transaction.atomic():
            # Item and live version point at each other; the commit checks both.
            _insert(Item, _item(agencies, items), *ends)
            _insert(Version, _version(items), *ends)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _hurry() -> None:
    """Nothing here need survive a power cut."""
    if not IS_POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -2000000")


def _tree(count: int) -> None:
    """Paths as the tree library writes them, each parent before its children."""
    made: list[Agency] = []
    for number in range(count):
        parent = made[(number - 1) // CHILDREN] if number else None
        step = Agency._int2str((number - 1) % CHILDREN + 1 if number else 1)
        path = (parent.path if parent else "") + step.rjust(Agency.steplen, "0")
        made.append(
            Agency(
                pk=number + 1,
                path=path,
                depth=len(path) // Agency.steplen,
                name=f"第{number}局",
                slug=f"body-{number}",
                kind="department" if number else "government",
            )
        )
        if parent is not None:
            parent.numchild += 1
    Agency.objects.bulk_create(made)


def _chosen(number: str, words: list[str]) -> str:
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE {number} % {len(words)} {cases} END"


def _word(letter: str, number: str) -> str:
    """In ascending order, so that an index grows at its end."""
    if IS_POSTGRES:
        return f"'{letter}' || lpad(({number})::text, 9, '0')"
    return f"'{letter}' || printf('%09d', {number})"


def _day(number: str) -> str:
    if IS_POSTGRES:
        return f"(DATE '2021-01-01' + ({number})::int)"
    return f"date('2021-01-01', '+' || ({number}) || ' days')"


def _moment(number: str) -> str:
    if IS_POSTGRES:
        return f"(({_day(number)} + TIME '04:00') AT TIME ZONE 'UTC')"
    return f"{_day(number)} || ' 04:00:00'"


def _case(paper: int, agencies: int, count: int) -> Columns:
    """One in fifty is open; what is closed took one to forty days."""
    received = f"(n * {DAYS} / {count})"
    closed = f"({received} + 1 + (n * 7919) % 40)"
    is_open = "n % 50 = 0"
    codes = list(law.regime("2019").results)
    return {
        "paper_id": str(paper),
        "agency_id": f"1 + (n * 31) % {agencies}",
        "number": _word("n", "n"),
        "query_index": _word("q", "n"),
        "year": "2021",
        "serial": "n",
        "regime": "'2019'",
        "channel": _chosen("(n / 3)", list(Channel.values)),
        "applicant_kind": _chosen("(n / 7)", list(ApplicantKind.values)),
        "received_on": _day(received),
        "registered_at": _moment(received),
        "subject": "'退耕还林补助发放明细'",
        "stage": f"CASE WHEN {is_open} THEN 'in_review' ELSE 'archived' END",
        "stage_since": _moment(closed),
        "result": f"CASE WHEN {is_open} THEN '' ELSE {_chosen('(n / 5)', codes)} END",
        "closed_on": f"CASE WHEN {is_open} THEN NULL ELSE {_day(closed)} END",
        "due_on": _day(f"{received} + 28"),
        "was_extended": "n % 9 = 0" if IS_POSTGRES else "(n % 9 = 0)",
        "sealed": "decode(repeat('00', 200), 'hex')"
        if IS_POSTGRES
        else "zeroblob(200)",
    }


def _item(agencies: int, count: int) -> Columns:
    published = f"(n * {DAYS} / {count})"
    return {
        "id": "n + 1",
        "live_id": "n + 1",
        "agency_id": f"1 + (n * 31) % {agencies}",
        "created_at": _moment(published),
        "stage": "'published'",
        "stage_since": _moment(published),
        "kind": "CASE WHEN n % 20 = 0 THEN 'normative' ELSE 'notice' END",
        "index_no": _word("i", "n"),
        "published_on": _day(published),
        "first_published_at": _moment(published),
        "recorded_at": _moment(published),
        "validity": "'in_force'",
    }


def _version(count: int) -> Columns:
    published = f"(n * {DAYS} / {count})"
    return {
        "id": "n + 1",
        "item_id": "n + 1",
        "number": "1",
        "made_at": _moment(published),
        "made_on": _day(published),
        "kind": "CASE WHEN n % 20 = 0 THEN 'normative' ELSE 'notice' END",
        "title": "'关于做好春耕备耕工作的通知'",
        "body": "'<p>各乡镇：</p>'",
        "content_hash": "'x'",
    }


def _insert(model: type[models.Model], told: Columns, begin: int, end: int) -> None:
    """Rows begin to end - 1 of ``n``; a column that is not told takes its default."""
    columns: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        name = str(field.column)
        if name in told:
            columns[name] = told[name]
        elif not (field.primary_key or field.generated or field.null):
            columns[name] = _default(field)
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(columns.values())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) '  # noqa: S608 - ours
            f"SELECT {values} FROM ({_numbers(begin, end)}) AS numbers"
        )


def _numbers(begin: int, end: int) -> str:
    if IS_POSTGRES:
        return f"SELECT n FROM generate_series({begin}::bigint, {end - 1}) AS g(n)"  # noqa: S608
    return (
        f"WITH RECURSIVE g(n) AS (SELECT {begin} UNION ALL "  # noqa: S608 - numbers
        f"SELECT n + 1 FROM g WHERE n + 1 < {end}) SELECT n FROM g"
    )


def _default(field: Any) -> str:
    value = field.default
    if value is NOT_PROVIDED:
        return "''"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f"'{value}'"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
