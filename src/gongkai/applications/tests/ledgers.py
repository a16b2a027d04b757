"""A register of chance over two years, written in bulk: cases with their acts."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.applications.choices import ApplicantKind, Channel, Stage
from gongkai.applications.models import Act, Case, Paper
from gongkai.applications.tests.factories import noon

FIRST = date(2023, 11, 1)
DAYS = 790
_serials = count(1)


def fill(
    agencies: Sequence[Agency], size: int, seed: int, regime: str = "2019"
) -> None:
    """Some are open, some joined, some entered months after the day that counts."""
    chance = random.Random(seed)
    cases = [_case(chance.choice(agencies), chance, regime) for _each in range(size)]
    for case in cases:
        case.paper = Paper.objects.create(
            agency=case.agency,
            key=case.number,
            channel=case.channel,
            received_on=case.received_on,
            registered_at=case.registered_at,
        )
    Case.objects.bulk_create(cases)
    acts = [act for case in cases for act in _acts(case, chance)]
    Act.objects.bulk_create(acts)
    _join(cases, chance)


def _case(agency: Agency, chance: random.Random, regime: str) -> Case:
    serial = next(_serials)
    received_on = FIRST + timedelta(days=chance.randrange(DAYS))
    registered_at = _entered(received_on, chance)
    case = Case(
        agency=agency,
        number=f"C{serial}",
        query_index=f"q{serial}",
        year=received_on.year,
        serial=serial,
        regime=regime,
        channel=chance.choice(Channel.values),
        applicant_kind=chance.choice(ApplicantKind.values),
        received_on=received_on,
        registered_at=registered_at,
        subject="退耕还林补助发放明细",
        stage=Stage.IN_REVIEW,
        stage_since=registered_at,
        due_on=received_on + timedelta(days=28),
        was_extended=chance.random() < 0.2,
        sealed=b"",
    )
    if chance.random() < 0.85:
        _end(case, chance)
    return case


def _end(case: Case, chance: random.Random) -> None:
    case.closed_on = case.received_on + timedelta(days=chance.randrange(90))
    case.stage = Stage.REPLIED
    case.stage_since = max(_entered(case.closed_on, chance), case.registered_at)
    case.result = chance.choice(list(law.regime(case.regime).results))


def _entered(day: date, chance: random.Random) -> datetime:
    late = chance.random() < 0.15
    return noon(day) + timedelta(days=chance.randrange(120) if late else 0)


def _acts(case: Case, chance: random.Random) -> list[Act]:
    if case.closed_on is None:
        return []
    ending = Act(
        case=case,
        name="reply",
        from_stage=Stage.IN_REVIEW,
        to_stage=Stage.REPLIED,
        on=case.closed_on,
        at=case.stage_since,
    )
    if chance.random() < 0.5:
        return [ending]
    # Filed away much later: that the case had ended was known long before.
    case.stage, case.stage_since = Stage.ARCHIVED, ending.at + timedelta(days=200)
    case.save(update_fields=["stage", "stage_since"])
    filed = Act(
        case=case,
        name="archive",
        from_stage=Stage.REPLIED,
        to_stage=Stage.ARCHIVED,
        on=case.stage_since.date(),
        at=case.stage_since,
    )
    return [ending, filed]


def _join(cases: list[Case], chance: random.Random) -> None:
    for case in cases:
        if case.closed_on is not None and chance.random() < 0.05:
            case.joined_into = next(one for one in cases if one is not case)
            case.result = ""
            case.save(update_fields=["joined_into", "result"])
