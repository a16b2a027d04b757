"""Every cell of every form against plain SQL, over two years of ledgers of chance.

The SQL is written apart from the measures: nothing of theirs is used here. The cells
of applications by applicant have theirs in applications/tests/test_measures.py, those
of remedies in remedies/tests/test_measures.py.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from gongkai import returns
from gongkai.applications.models import Act, Case, Fee
from gongkai.applications.tests.factories import noon
from gongkai.applications.tests.ledgers import fill
from gongkai.items.choices import Channel, Kind
from gongkai.items.services import publishing, setting_up
from gongkai.items.tests.factories import Office
from gongkai.registry.measures import Period
from gongkai.statistics import entries, figures
from gongkai.statistics.models import Entry
from gongkai.statistics.tests.factories import Body

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
FIRST = date(2024, 1, 1)
FORMS = {name: returns.load_form(name) for name in ("2014", "2019", "2021")}
BY_HAND = sorted(
    {key for form in FORMS.values() for key in form.by_key if entries.is_enterable(key)}
)
PROOF = "截图"


def late(day: date, chance: random.Random) -> datetime:
    """Entered on the day, or weeks after it."""
    return noon(day) + timedelta(days=chance.choice([0, 0, 0, 40, 200]))


def any_day(chance: random.Random) -> date:
    return FIRST + timedelta(days=chance.randrange(700))


def fill_items(body: Body, chance: random.Random) -> None:
    office = Office(body.agency)
    outlets = [
        setting_up.add_outlet(
            by=body.office, agency=body.agency, name=channel, channel=channel
        )
        for channel in (Channel.GAZETTE, Channel.WEIBO, Channel.WECHAT, Channel.OTHER)
    ]
    for _each in range(9):
        made_on = any_day(chance)
        now = late(made_on, chance)
        kind = chance.choice([Kind.RULE, Kind.NORMATIVE, Kind.NORMATIVE, Kind.NOTICE])
        dates: dict[str, Any] = {"made_on": made_on}
        if chance.random() < 0.3:
            expires_on = made_on + timedelta(days=chance.randrange(100, 400))
            dates |= {"effective_on": made_on, "expires_on": expires_on}
        item = office.published(now=now, kind=kind, **dates)
        for outlet in chance.sample(outlets, chance.randrange(3)):
            on = now.date() + timedelta(days=chance.randrange(60))
            publishing.add_release(
                by=office.clerk,
                item=item,
                outlet=outlet,
                on=on,
                proof_note=PROOF,
                now=late(on, chance),
            )
        _change(office, item, now, chance)


def _change(office: Office, item: Any, since: datetime, chance: random.Random) -> None:
    fate, moment = chance.random(), since + timedelta(days=chance.randrange(1, 300))
    if fate < 0.2:
        publishing.withdraw(by=office.head, item=item, note="有误", now=moment)
    elif fate < 0.5:
        day = since.date() + timedelta(days=chance.randrange(200))
        publishing.repeal(
            by=office.head, item=item, note="已清理", on=day, now=late(day, chance)
        )


def fill_fees(body: Body, chance: random.Random) -> None:
    for case in Case.objects.filter(agency=body.agency)[:8]:
        paid_on = case.received_on + timedelta(days=chance.randrange(60))
        Fee.objects.create(
            case=case,
            basis=Fee.Basis.ITEM,
            quantity=40,
            amount_yuan=Decimal(chance.randrange(100, 90000)) / 100,
            notified_on=case.received_on,
            due_on=paid_on,
            paid_on=paid_on,
        )
        Act.objects.create(
            case=case,
            name="fee_paid",
            from_stage=case.stage,
            to_stage=case.stage,
            on=paid_on,
            at=late(paid_on, chance),
        )


def fill_entries(body: Body, chance: random.Random) -> None:
    for key in chance.sample(BY_HAND, 30):
        older: Entry | None = None
        for _each in range(chance.randrange(1, 4)):
            day = any_day(chance)
            replaces = older if older and chance.random() < 0.4 else None
            older = Entry.objects.create(
                agency=body.agency,
                key=key,
                on=day,
                value=chance.randrange(90),
                note="台账",
                at=late(day, chance),
                replaces=replaces,
            )


ITEMS = """
SELECT i.kind,
  SUM(CASE WHEN i.recorded_at <= %(as_of)s AND i.published_on >= %(first)s
    AND i.published_on <= %(last)s
    AND (i.withdrawn_at IS NULL OR i.withdrawn_at > %(as_of)s) THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.recorded_at <= %(as_of)s AND i.published_on <= %(last)s
    AND (i.withdrawn_at IS NULL OR i.withdrawn_at > %(as_of)s) THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.recorded_at <= %(as_of)s AND v.made_on >= %(first)s
    AND v.made_on <= %(last)s THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.recorded_at <= %(as_of)s AND i.validity = 'repealed'
    AND i.repealed_on BETWEEN %(first)s AND %(last)s AND c.made_at <= %(as_of)s
    THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.recorded_at <= %(as_of)s AND v.made_on <= %(last)s
    AND (v.expires_on IS NULL OR v.expires_on > %(last)s)
    AND (i.repealed_on IS NULL OR i.repealed_on > %(last)s OR c.made_at > %(as_of)s)
    THEN 1 ELSE 0 END)
FROM items_item i
JOIN items_version v ON v.item_id = i.id AND v.number = 1
LEFT JOIN items_change c ON c.item_id = i.id AND c.kind = 'repeal'
WHERE i.agency_id = %(agency)s
GROUP BY i.kind
"""
RELEASES = """
SELECT o.channel, COUNT(*)
FROM items_release r
JOIN items_outlet o ON o.id = r.outlet_id
JOIN items_item i ON i.id = r.item_id
WHERE i.agency_id = %(agency)s AND r."on" BETWEEN %(first)s AND %(last)s
  AND r.entered_at <= %(as_of)s
  AND (i.withdrawn_at IS NULL OR i.withdrawn_at > %(as_of)s)
GROUP BY o.channel
"""
FEES = """
SELECT COALESCE(SUM(CAST(ROUND(f.amount_yuan * 100) AS INTEGER)), 0)
FROM applications_fee f JOIN applications_case c ON c.id = f.case_id
WHERE c.agency_id = %(agency)s AND f.paid_on BETWEEN %(first)s AND %(last)s
  AND EXISTS (SELECT 1 FROM applications_act a WHERE a.case_id = c.id
              AND a.name = 'fee_paid' AND a.at <= %(as_of)s)
"""
BY_HAND_SQL = """
WITH known AS (
  SELECT e.* FROM statistics_entry e
  WHERE e.agency_id = %(agency)s AND e.at <= %(as_of)s
    AND NOT EXISTS (SELECT 1 FROM statistics_entry n
                    WHERE n.replaces_id = e.id AND n.at <= %(as_of)s)
)
SELECT key, SUM(value) FROM known WHERE "on" BETWEEN %(first)s AND %(last)s
  AND NOT (key LIKE '%%previous_projects' OR key IN ('dedicated_bodies',
           'reading_points', 'fulltime_staff', 'parttime_staff'))
GROUP BY key
UNION ALL
SELECT k.key, k.value FROM known k WHERE k."on" <= %(last)s
  AND (k.key LIKE '%%previous_projects' OR k.key IN ('dedicated_bodies',
       'reading_points', 'fulltime_staff', 'parttime_staff'))
  AND NOT EXISTS (SELECT 1 FROM known n WHERE n.key = k.key AND n."on" <= %(last)s
                  AND (n."on" > k."on" OR (n."on" = k."on" AND n.id > k.id)))
"""
ANSWERED = ("press_conferences", "interviews", "interpretations")
OTHERWISE = ("weibo_wechat_responses", "other_responses")
TOTALS = {
    "proposals_total": ("proposals_deputies", "proposals_cppcc"),
    "response_channel_total": (*ANSWERED, *OTHERWISE),
    "response_total": ("responses", *ANSWERED, *OTHERWISE),
    "staff_total": ("fulltime_staff", "parttime_staff"),
}


def rows(sql: str, told: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()


def recount(body: Body, year: int, as_of: datetime) -> dict[str, Any]:
    told = {
        "agency": body.agency.pk,
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        "as_of": as_of,
    }
    return {
        **dict(_documents(rows(ITEMS, told))),
        **_channels(dict(rows(RELEASES, told))),
        "fees_yuan": Decimal(rows(FEES, told)[0][0]) / 100,
        **_by_hand(dict(rows(BY_HAND_SQL, told))),
    }


def _documents(found: list[Any]) -> Iterator[tuple[str, int]]:
    yield "proactive_total", sum(row[1] for row in found)
    counts = {row[0]: row[1:] for row in found}
    for name, kind in (("rules", Kind.RULE), ("normative_documents", Kind.NORMATIVE)):
        new, public, made, repealed, in_force = counts.get(kind, (0,) * 5)
        yield f"disclosure.{name}.newly_disclosed", new
        yield f"disclosure.{name}.total_disclosed", public
        yield f"disclosure.{name}.made", made
        yield f"disclosure.{name}.repealed", repealed
        yield f"disclosure.{name}.in_force", in_force
    yield "normative_documents", new
    yield "normative_documents_issued", made


def _channels(found: Mapping[str, int]) -> dict[str, int]:
    names = ("gazette", "website", "weibo", "wechat", "other")
    counts = {f"channel_{name}": found.get(name, 0) for name in names}
    return {**counts, "channel_total": sum(found.values())}


def _by_hand(found: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {key: found.get(key) for key in BY_HAND}
    for total, parts in TOTALS.items():
        known = [found[part] for part in parts if part in found]
        told[total] = sum(known) if known else None
    return told


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(1, 6))]
)
def test_every_cell_of_every_form_equals_a_recount(seed: int) -> None:
    chance = random.Random(seed)
    bodies = [Body(), Body()]
    fill([body.agency for body in bodies], 60, seed)
    for body in bodies:
        fill_items(body, chance)
        fill_fees(body, chance)
        fill_entries(body, chance)
    held: set[str] = set()
    for body in bodies:
        for year in (2024, 2025):
            for as_of in (noon(date(2025, 3, 1)), noon(date(2026, 6, 1))):
                expected = recount(body, year, as_of)
                for form in FORMS.values():
                    found = figures.compute(
                        form, body.agency, Period.year(year), as_of
                    ).values
                    # Those of applications and remedies stand in their own apps' tests.
                    own = {key: found[key] for key in found if key in expected}
                    assert own == {key: expected[key] for key in own}
                    held |= own.keys()
    every = {key for form in FORMS.values() for key in form.by_key}
    elsewhere = every - held
    assert all(
        key.startswith(("applications.", "remedies."))
        or returns.load_form("2014").by_key[key].code.startswith(("3", "4", "5", "6"))
        for key in elsewhere
    )
