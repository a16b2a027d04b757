"""Some two hundred applications over three years, moved by the services of the desk."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.applications.choices import Channel
from gongkai.applications.files import Prepared
from gongkai.applications.models import Case, Consultation
from gongkai.applications.persons import Applicant, Wanted
from gongkai.applications.rules import Actor
from gongkai.applications.services import archiving, asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.services.registering import Incoming, register
from gongkai.law import Calendar
from gongkai.registry import calendars

COUNT = 200
DUE_TODAY = 4
SUBJECTS = (
    "2024 年度惠农补贴资金分配结果（按乡镇）",
    "县城农贸市场改造项目单一来源采购的论证意见",
    "青龙湾村土地征收补偿安置方案",
    "农村公路养护经费支出明细",
    "中小学营养餐供应商招标结果",
    "易地扶贫搬迁安置点选址的公示材料",
    "粮食储备库轮换销售合同",
    "县医院改扩建工程环境影响评价批复",
    "行政处罚自由裁量基准",
    "公租房分配名单和评分标准",
    "小型水库除险加固工程验收报告",
    "城区广告位经营权出让结果",
    "三公经费决算说明",
    "执法人员名录和执法证编号",
    "村级公益岗位聘用办法",
    "招商引资优惠政策兑现情况",
)
PEOPLE = (
    "柳青河",
    "孟秋实",
    "关雨田",
    "岳长庚",
    "方知秋",
    "温如言",
    "齐景行",
    "邵明德",
)
BODIES = (
    ("enterprise", "青禾宏达建材有限公司"),
    ("enterprise", "禾丰农业发展有限公司"),
    ("research", "青禾县农业技术研究所"),
    ("social_welfare", "青禾县助残志愿服务协会"),
    ("legal_service", "青禾正源律师事务所"),
    ("other_org", "青禾县个体劳动者协会"),
)
# How often each way in and each result comes, out of their sums.
CHANNELS = {
    Channel.NETWORK: 40,
    Channel.IN_PERSON: 20,
    Channel.SIGNED_POST: 15,
    Channel.LETTER: 8,
    Channel.EMAIL: 8,
    Channel.FAX: 5,
    Channel.ORAL: 4,
}
RESULTS = {
    **{"R1": 40, "R2": 14, "N1": 14, "D4": 6, "D5": 5, "D6": 6, "D7": 3},
    **{"N2": 5, "N3": 2, "P1": 3, "P2": 2, "D8": 2, "P5": 1, "D1": 1},
}
FILED = 8
"""Of the older cases one in so many is filed already: each archive takes a while."""
REPLY = "现答复如下：您申请公开的政府信息，本机关依法作出处理，详见附件。"


@dataclass
class _Desk:
    """One body's people at the application desk."""

    agency: Agency
    clerk: Actor
    head: Actor
    calendar: Calendar

    def day(self, after: date, working_days: int) -> date:
        return self.calendar.add_working_days(after, working_days)


T = TypeVar("T")
Story = Callable[[_Desk, Case, random.Random, date], None]


def load(desks: Mapping[str, tuple[Agency, Actor, Actor]], today: date) -> int:
    """Register and move the cases; returns how many. ``desks`` by the body's slug."""
    chance = random.Random("applications")  # noqa: S311 - a demo needs no secrecy
    made = [
        _Desk(agency, clerk, head, calendars.calendar_of(agency))
        for agency, clerk, head in desks.values()
    ]
    for number, received_on in enumerate(_days(made[0].calendar, today, chance)):
        # Half of all goes to the county government itself.
        desk = made[0] if number % 2 else chance.choice(made)
        case = _register(desk, number, received_on, chance)
        _move(desk, case, chance, today)
    return Case.objects.count()


def _days(calendar: Calendar, today: date, chance: random.Random) -> Iterator[date]:
    first = date(today.year - 2, 1, 4)
    span = (today - first).days
    days = [first + timedelta(days=chance.randrange(span)) for _each in range(COUNT)]
    days += [_received_for(calendar, today)] * DUE_TODAY
    yield from sorted(calendar.next_working_day(day) for day in days if day < today)


def _received_for(calendar: Calendar, due_on: date) -> date:
    """A day of receipt whose twentieth working day is ``due_on`` or the one before."""
    day = due_on
    while calendar.add_working_days(day, 20) > due_on or not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _register(
    desk: _Desk, number: int, received_on: date, chance: random.Random
) -> Case:
    channel = _weighed(CHANNELS, chance)
    kind, applicant = _applicant(number, chance)
    subject = chance.choice(SUBJECTS)
    needs = channel in {Channel.LETTER, Channel.FAX}
    confirmed = desk.day(received_on, 1) if needs else None
    incoming = Incoming(
        key=f"demo-{number}",
        channel=channel,
        received_on=received_on,
        confirmed_on=min(confirmed, timezone.localdate()) if confirmed else None,
        kind=kind,
        applicant=applicant,
        wanted=(
            Wanted(
                subject,
                description=f"申请公开{subject}，如有多份请一并提供。",
                manner=chance.choice(("paper", "email", "email", "disc")),
                route=chance.choice(("post", "network", "network", "collect")),
            ),
        ),
    )
    by = Actor() if channel == Channel.NETWORK else desk.clerk
    now = _at(confirmed or received_on, 10)
    [receipt] = register(actor=by, agency=desk.agency, incoming=incoming, now=now)
    return receipt.case


def _applicant(number: int, chance: random.Random) -> tuple[str, Applicant]:
    phone = f"1990000{number:04}"
    if chance.random() < 0.7:
        name = chance.choice(PEOPLE)
        return "natural_person", Applicant(
            name=name,
            identity_kind="other",
            identity_no=f"虚构{number:04}",
            phone=phone,
            email=f"reader{number}@qinghe.example" if number % 3 else "",
            address="青禾县文昌路 18 号",
        )
    kind, name = chance.choice(BODIES)
    return kind, Applicant(name=name, contact_person=chance.choice(PEOPLE), phone=phone)


def _move(desk: _Desk, case: Case, chance: random.Random, today: date) -> None:
    age = desk.calendar.working_days(case.received_on, today)
    if age < 2:
        return
    begun = desk.day(case.confirmed_on or case.received_on, 1)
    handling.take_up(actor=desk.clerk, case=case, now=_at(begun, 9))
    if age < 60:
        _open_story(case)(desk, case, chance, begun)
        return
    story = _weighed(
        {_answer: 60, _corrected: 8, _third_party: 8, _extended: 8, _taken_back: 4}
        | {_not_corrected: 3, _not_paid: 2, _co_maker: 3, _overdue: 2},
        chance,
    )
    story(desk, case, chance, begun)
    case.refresh_from_db()
    if not case.is_open and age > 90 and case.serial % FILED == 0:
        archiving.file_case(
            actor=desk.clerk, case=case, now=_at(desk.day(begun, 45), 16)
        )


def _open_story(case: Case) -> Story:
    stories: tuple[Story, ...] = (
        _answer,
        _left_open,
        _left_open,
        _asks_correction,
        _left_open,
        _asks_third_party,
    )
    return stories[case.pk % len(stories)]


def _answer(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    _reply(desk, case, desk.day(day, chance.randint(1, 15)), _weighed(RESULTS, chance))


def _overdue(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    _reply(desk, case, desk.day(day, 23), "R1")


def _left_open(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    """Still being handled."""


def _asks_correction(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    asking.ask_correction(
        actor=desk.clerk,
        case=case,
        text="请写明所需信息的年度和文件名称。",
        until=desk.day(day, 12),
        on=day,
        now=_at(day, 11),
    )


def _corrected(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    _asks_correction(desk, case, chance, day)
    back = desk.day(day, chance.randint(2, 9))
    asking.receive_correction(
        actor=Actor(), case=case, text="需要 2024 年度的。", on=back, now=_at(back, 15)
    )
    _answer(desk, case, chance, back)


def _not_corrected(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    _asks_correction(desk, case, chance, day)
    after = desk.day(day, 13)
    handling.default_correction(
        actor=desk.clerk, case=case, on=after, now=_at(after, 9)
    )


def _asks_third_party(
    desk: _Desk, case: Case, chance: random.Random, day: date
) -> None:
    _consult(desk, case, "third_party", "青禾宏达建材有限公司", day)


def _third_party(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    asked = _consult(desk, case, "third_party", "青禾宏达建材有限公司", day)
    arrived = desk.day(day, 2)
    asking.consulted_received(
        actor=desk.clerk, asked=asked, on=arrived, now=_at(arrived, 9)
    )
    if chance.random() < 0.3:
        after = desk.day(arrived, 16)
        asking.went_silent(actor=desk.clerk, asked=asked, now=_at(after, 9))
    else:
        after = desk.day(arrived, chance.randint(1, 10))
        refuses = chance.random() < 0.6
        asking.consulted_answered(
            actor=desk.clerk,
            asked=asked,
            answer="refuses" if refuses else "agrees",
            text="涉及本公司报价，不同意公开。" if refuses else "同意公开。",
            on=after,
            now=_at(after, 9),
        )
    _reply(desk, case, desk.day(after, 3), chance.choice(("R2", "D4", "R1")))


def _co_maker(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    asked = _consult(desk, case, "organ", "青禾县自然资源局", day)
    after = desk.day(day, 6)
    asking.consulted_answered(
        actor=desk.clerk,
        asked=asked,
        answer="agrees",
        text="同意公开。",
        on=after,
        now=_at(after, 9),
    )
    _reply(desk, case, desk.day(after, 4), "R1")


def _consult(desk: _Desk, case: Case, of: str, name: str, day: date) -> Consultation:
    return asking.consult(
        actor=desk.clerk,
        case=case,
        of=of,
        party=Consulted(name, "青禾县文昌路 20 号", "是否同意公开所附材料？"),
        on=day,
        now=_at(day, 11),
    )


def _extended(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    text, days = "需要检索多年档案", chance.choice((10, 15, 20))
    asked_on = desk.day(day, 12)
    asking.ask_extension(
        actor=desk.clerk, case=case, days=days, text=text, now=_at(asked_on, 9)
    )
    asking.extend(
        actor=desk.head,
        case=case,
        days=days,
        text=text,
        on=asked_on,
        now=_at(asked_on, 15),
    )
    _reply(desk, case, desk.day(asked_on, days), _weighed(RESULTS, chance))


def _not_paid(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    asking.charge(
        actor=desk.clerk,
        case=case,
        basis="volume",
        quantity=120,
        on=day,
        now=_at(day, 9),
    )
    after = desk.day(day, 22)
    handling.default_fee(actor=desk.clerk, case=case, on=after, now=_at(after, 9))


def _taken_back(desk: _Desk, case: Case, chance: random.Random, day: date) -> None:
    on = desk.day(day, 2)
    handling.withdraw(
        actor=Actor(), case=case, on=on, text="已经找到，不再需要。", now=_at(on, 20)
    )


def _reply(desk: _Desk, case: Case, on: date, result: str) -> None:
    on = min(on, timezone.localdate())
    letter = f"政府信息公开申请答复书\n\n受理编号：{case.number}\n{REPLY}\n"
    handling.reply(
        actor=desk.clerk,
        case=case,
        on=on,
        result=result,
        reply_no=f"公复〔{on.year}〕{case.serial}号",
        files=[
            Prepared(
                "reply", "答复书.txt", "text/plain", letter.encode(), for_applicant=True
            )
        ],
        now=_at(on, 16),
    )


def _weighed(choices: Mapping[T, int], chance: random.Random) -> T:
    return chance.choices(list(choices), list(choices.values()))[0]


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
