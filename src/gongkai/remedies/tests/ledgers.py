"""Histories of chance: registered late, decided, corrected, struck out, appealed."""

import random
from datetime import date, datetime, timedelta

from gongkai.agencies.models import Agency
from gongkai.applications.tests.factories import Desk, noon
from gongkai.remedies import rules
from gongkai.remedies.choices import Kind
from gongkai.remedies.models import Remedy
from gongkai.remedies.services import handling
from gongkai.remedies.services.registering import register
from gongkai.remedies.tests.factories import clerk, head, incoming, now

FIRST = date(2023, 10, 1)


class History:
    """One remedy's life; each entry is made on its day or weeks after it."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance
        self.day = FIRST + timedelta(days=chance.randrange(800))
        self.moment = noon(self.day)

    def run(self, kind: str, follows: Remedy | None = None) -> None:
        made = register(
            by=clerk(self.desk),
            agency=self.desk.agency,
            incoming=incoming(kind=kind, follows=follows, copy_received_on=self.day),
            now=self._entered(),
        )
        if self.chance.random() < 0.25:
            return
        self._pass()
        if self.chance.random() < 0.15:
            handling.strike_out(
                by=head(self.desk), remedy=made, text="重复登记", now=self._entered()
            )
            return
        self._decide(made)
        self._go_on(now(made))

    def _decide(self, made: Remedy) -> None:
        outcome = self.chance.choice(rules.outcome_keys(made))
        handling.decide(
            by=clerk(self.desk),
            remedy=made,
            on=self.day,
            outcome=outcome,
            now=self._entered(),
        )
        if self.chance.random() < 0.3:
            self._pass()
            handling.correct_decision(
                by=head(self.desk),
                remedy=made,
                on=self.day,
                outcome=self.chance.choice(rules.outcome_keys(now(made))),
                text="登记有误",
                now=self._entered(),
            )

    def _go_on(self, made: Remedy) -> None:
        following = {
            Kind.RECONSIDERATION: Kind.SUIT_AFTER,
            Kind.DIRECT_SUIT: Kind.DIRECT_SUIT,
            Kind.SUIT_AFTER: Kind.SUIT_AFTER,
        }.get(Kind(made.kind))
        if following and self.chance.random() < 0.5:
            self._pass()
            self.run(following, made)

    def _pass(self) -> None:
        self.day += timedelta(days=self.chance.randrange(200))

    def _entered(self) -> datetime:
        late = timedelta(days=self.chance.choice([0, 0, 0, 40, 200]))
        self.moment = max(self.moment, noon(self.day) + late)
        return self.moment


def fill(agency: Agency, count: int, chance: random.Random) -> None:
    desk = Desk(agency)
    for _each in range(count):
        History(desk, chance).run(chance.choice(list(Kind)))
