"""Builds the county by the services that a clerk's and a reviewer's clicks call."""

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.services import add_person, open_account
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, HeldPost, Scope
from gongkai.agencies.services import add_agency, appoint
from gongkai.applications.rules import Actor
from gongkai.demo import county, remedies, replies, reports, requests, returns
from gongkai.demo.texts import RULES_TEXT, Text, guide_of, texts
from gongkai.items.choices import Attribute, Channel, Ground, Kind, Outcome, StepKind
from gongkai.items.models import Item, Outlet, Version
from gongkai.items.services import drafting, publishing, reviewing, setting_up
from gongkai.items.services.setting_up import WantedStep

Progress = Callable[[str], None]


def is_loaded() -> bool:
    return Agency.objects.filter(slug=county.BODIES[0].slug).exists()


@transaction.atomic
def load(today: date, say: Progress) -> None:
    """Bodies, people, some hundred items over three years; all of it or nothing."""
    agencies = _bodies()
    _people(agencies, today)
    say("7 agencies and their people are in")
    offices = {slug: _Office(agency) for slug, agency in agencies.items()}
    for office in offices.values():
        office.publish_standing_pages(today)
    published = []
    for number, text in enumerate(texts(today)):
        published.append(offices[text.agency].publish(text))
        if number % 26 == 25:
            say(f"{number + 1} items are published")
    _released(published, offices)
    _unfinished(offices, today)
    _changed(published, offices, today)
    count = requests.load(
        {slug: office.desk() for slug, office in offices.items()}, today
    )
    replies.load(
        agencies,
        county.BODIES[0].slug,
        offices[county.BODIES[0].slug]._scope,
        today,
    )
    say(f"{count} applications are registered")
    county_office = offices[county.BODIES[0].slug]
    count = remedies.load(county_office.agency, county_office._scope, today)
    say(f"{count} remedies are registered")
    desks = {slug: office.returns_desk() for slug, office in offices.items()}
    ogi_office = offices[county.BODIES[0].slug]._scope(Role.OGI_OFFICE)
    count = returns.load(desks, ogi_office, today)
    say(f"{count} returns are filed")
    readers = {slug: office.reports_desk() for slug, office in offices.items()}
    count = reports.load(readers, today)
    say(f"{count} annual reports are read")


def _bodies() -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for body in county.BODIES:
        agency = add_agency(
            by=SYSTEM,
            parent=made.get(body.parent),
            slug=body.slug,
            name=body.name,
            short_name=body.short_name,
            kind=body.kind,
            uscc=body.code,
            established_on=date(2001, 1, 1),
            office_name=f"{body.short_name}政务公开办公室",
            address=f"青禾县文昌路{len(made) * 8 + 6}号",
            phone=f"0999-55001{len(made):02}",
            hours="工作日 8:30–12:00，14:30–18:00",
            site_code=f"99002100{len(made):02}",
        )
        for name, channel in body.outlets:
            setting_up.add_outlet(by=SYSTEM, agency=agency, name=name, channel=channel)
        if body.signs_off:
            steps = (
                *setting_up.STANDARD_FLOW,
                WantedStep(StepKind.SIGN_OFF, Role.LEADER),
            )
            setting_up.set_flow(by=SYSTEM, agency=agency, steps=steps)
        made[body.slug] = agency
    return made


def _people(agencies: dict[str, Agency], today: date) -> None:
    for number, official in enumerate(county.officials(), start=1):
        person = add_person(name=official.name, staff_no=f"QH{number:04}", by_id=None)
        open_account(
            person=person,
            username=official.username,
            password=county.PASSWORD,
            email=f"{official.username}@qinghe.example",
            is_demo=True,
            by_id=None,
        )
        for slug, role in official.posts:
            appoint(
                by=SYSTEM,
                person=person,
                agency=agencies[slug],
                role=role,
                starts_on=date(today.year - 3, 1, 1),
            )


class _Office:
    """One body's people, doing what they would do in the console."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.clerk = self._scope(Role.CLERK)
        self.columns = {column.slug: column for column in agency.columns.all()}

    def _post(self, role: str) -> Post:
        posts = Post.objects.filter(agency=self.agency, role=role)
        return posts.order_by("pk").select_related("person")[0]

    def _scope(self, role: str) -> Scope:
        post = self._post(role)
        user = post.person.accounts.all()[0]
        held = HeldPost(self.agency.pk, self.agency.path, post.role)
        return Scope(user_id=user.pk, person_id=post.person_id, posts=(held,))

    def desk(self) -> tuple[Agency, Actor, Actor]:
        """The body, who handles its applications, and the head who consents."""
        head = Actor(self._scope(Role.SECTION_HEAD))
        return self.agency, Actor(self.clerk), head

    def returns_desk(self) -> returns.Desk:
        """Who prepares and who signs the body's returns."""
        names = [
            self._post(role).person.name
            for role in (Role.LEADER, Role.SECTION_HEAD, Role.CLERK)
        ]
        return returns.Desk(
            self.agency,
            self._scope(Role.SECTION_HEAD),
            self._scope(Role.LEADER),
            (names[0], names[1], names[2]),
        )

    def reports_desk(self) -> reports.Desk:
        """Who has the body's reports read."""
        return reports.Desk(self.agency.name, self.clerk, self.publish)

    def publish_standing_pages(self, today: date) -> None:
        day = date(today.year - 2, 1, 4)
        for column, kind, title, body in (
            (
                "guide",
                Kind.GUIDE,
                f"{self.agency.name}政府信息公开指南",
                guide_of(self.agency.name),
            ),
            (
                "rules",
                Kind.REGULATION,
                f"{self.agency.name}政府信息发布审查制度",
                RULES_TEXT,
            ),
        ):
            self.publish(
                Text(self.agency.slug, column, kind, title, body, day, "综合政务")
            )

    def draft(self, text: Text, now: datetime, **fields: object) -> Item:
        column = self.columns[text.column]
        item = drafting.start_draft(
            by=self.clerk, agency=self.agency, column=column, kind=text.kind, now=now
        )
        told = {
            "title": text.title,
            "body": text.body,
            "made_on": text.made_on,
            "topic": text.topic,
            "doc_no": text.doc_no,
            "genre": text.genre,
            "source": self.agency.name,
        }
        if text.kind == Kind.NORMATIVE:
            told["effective_on"] = text.made_on
            told["expires_on"] = text.made_on.replace(year=text.made_on.year + 5, day=1)
        drafting.save_draft(
            by=self.clerk, item=item, fields={**told, **fields}, revision=0
        )
        if text.table is not None:
            name, data = text.table
            drafting.attach(by=self.clerk, item=item, name=name, upload=[data])
        return item

    def submit(self, item: Item, now: datetime) -> Version:
        item = Item.objects.get(pk=item.pk)
        return reviewing.submit(
            by=self.clerk, item=item, revision=item.draft.revision, now=now
        )

    def pass_step(self, version: Version, now: datetime) -> Item:
        step = version.steps.get(is_current=True)
        reviewer = self._scope(step.role)
        for file in version.files.all():
            reviewing.open_file(
                by=reviewer, version=version, public_id=file.public_id, now=now
            )
        return reviewing.decide(
            by=reviewer,
            step=step,
            outcome=Outcome.APPROVED,
            content_hash=version.content_hash,
            opinion="同意。",
            now=now,
        )

    def approve(self, version: Version, now: datetime) -> Item:
        for _step in version.steps.all():
            now += timedelta(hours=2)
            item = self.pass_step(version, now)
        return item

    def publish(self, text: Text) -> Item:
        began = _at(text.made_on, 9)
        item = self.approve(self.submit(self.draft(text, began), began), began)
        return publishing.publish(
            by=self.clerk, item=item, now=began + timedelta(days=1)
        )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _released(items: Iterable[Item], offices: dict[str, _Office]) -> None:
    chance = random.Random("releases")  # noqa: S311 - a demo needs no secrecy
    proofs = {
        Channel.GAZETTE: "第{n}期第{n}页",
        Channel.WECHAT: "推送截图存科室，第{n}条",
        Channel.WEIBO: "微博第{n}条",
        Channel.OTHER: "张贴照片存科室，编号{n}",
    }
    for item in items:
        office = offices[item.agency.slug]
        for outlet in Outlet.objects.filter(agency=office.agency, is_own_site=False):
            if chance.random() < 0.3 and item.first_published_at is not None:
                on = timezone.localdate(item.first_published_at) + timedelta(days=1)
                publishing.add_release(
                    by=office.clerk,
                    item=item,
                    outlet=outlet,
                    on=on,
                    proof_note=proofs[Channel(outlet.channel)].format(
                        n=chance.randint(1, 12)
                    ),
                    now=_at(on, 16),
                )


def _unfinished(offices: dict[str, _Office], today: date) -> None:
    """Work in every state, so that each to-do list shows something."""
    now = timezone.now() - timedelta(hours=30)
    county_office, finance = offices["qinghe"], offices["qinghe-caizheng"]
    waiting = [text for text in texts(today, 140) if text.made_on <= today][-28:]
    for number, text in enumerate(waiting):
        office = offices[text.agency]
        if number % 7 == 0:
            office.draft(text, now)
        elif number % 7 == 3:
            office.submit(office.draft(text, now), now)
        elif number % 7 == 5 and office is not finance:
            office.pass_step(office.submit(office.draft(text, now), now), now)
    returned = county_office.submit(county_office.draft(waiting[0], now), now)
    reviewing.decide(
        by=county_office._scope(Role.SECTION_HEAD),
        step=returned.steps.get(is_current=True),
        outcome=Outcome.RETURNED,
        content_hash=returned.content_hash,
        opinion="第三条与上位法表述不一致，请核对后重新提交。",
        now=now,
    )
    county_office.approve(
        county_office.submit(county_office.draft(waiting[1 % len(waiting)], now), now),
        now,
    )
    kept = finance.draft(
        waiting[4],
        now,
        attribute=Attribute.WITHHELD,
        ground=Ground.PROCESS,
        reason="属于尚在讨论的方案稿，公开会影响决策。",
    )
    finance.approve(finance.submit(kept, now), now)


def _changed(items: list[Item], offices: dict[str, _Office], today: date) -> None:
    """One withdrawal, one repeal and one correction, each with its public note."""
    now = timezone.now() - timedelta(hours=6)
    by_kind = [item for item in items if item.kind == Kind.NORMATIVE]
    head = offices["qinghe"]._scope(Role.SECTION_HEAD)
    publishing.repeal(
        by=offices["qinghe"].clerk,
        item=by_kind[0],
        note="经清理，本文件不再执行，以新修订的办法为准。",
        on=today,
        now=now,
    )
    own = [item for item in items if item.agency.slug == "qinghe"]
    publishing.withdraw(
        by=head, item=own[-2], note="附件数据有误，核对后重新公开。", now=now
    )
    _correct(own[-3], offices["qinghe"], now)


def _correct(item: Item, office: _Office, now: datetime) -> None:
    drafting.revise(by=office.clerk, item=item, now=now)
    item = Item.objects.get(pk=item.pk)
    drafting.save_draft(
        by=office.clerk,
        item=item,
        fields={
            "body": item.draft.body + "<p>联系电话：0999-5500100。</p>",
            "public_note": "补充联系电话，其余内容不变。",
        },
        revision=item.draft.revision,
    )
    approved = office.approve(office.submit(item, now), now)
    publishing.publish(by=office.clerk, item=approved, now=now + timedelta(hours=5))
