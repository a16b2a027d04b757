"""Items for tests, made by the services that a clerk's and reviewers' clicks call."""

from collections.abc import Iterable
from datetime import datetime

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.catalogue.models import Column
from gongkai.items.choices import Attribute, Outcome
from gongkai.items.models import Item, Version
from gongkai.items.services import drafting, publishing, reviewing


class Office:
    """An agency with one person in each post of the standard flow."""

    def __init__(self, agency: Agency | None = None) -> None:
        self.agency = agency or make_agency()
        self.clerk = make_scope(self.agency, Role.CLERK)
        self.head = make_scope(self.agency, Role.SECTION_HEAD)
        self.secrecy = make_scope(self.agency, Role.SECRECY_REVIEWER)

    def column(self, slug: str = "plans") -> Column:
        return Column.objects.get(agency=self.agency, slug=slug)

    def draft(self, files: Iterable[tuple[str, bytes]] = (), **fields: object) -> Item:
        item = drafting.start_draft(
            by=self.clerk, agency=self.agency, column=self.column()
        )
        told = {"title": "关于做好春耕备耕工作的通知", "body": "<p>各乡镇：</p>"}
        drafting.save_draft(
            by=self.clerk, item=item, fields={**told, **fields}, revision=0
        )
        for name, data in files:
            drafting.attach(by=self.clerk, item=item, name=name, upload=[data])
        item.refresh_from_db()
        return item

    def edit(self, item: Item, **fields: object) -> None:
        fresh = Item.objects.get(pk=item.pk)
        drafting.save_draft(
            by=self.clerk, item=fresh, fields=fields, revision=fresh.draft.revision
        )

    def correct(self, item: Item, **fields: object) -> None:
        drafting.revise(by=self.clerk, item=Item.objects.get(pk=item.pk))
        self.edit(item, **{"public_note": "更正文字。", **fields})

    def submit(self, item: Item, now: datetime | None = None) -> Version:
        item = Item.objects.get(pk=item.pk)
        return reviewing.submit(
            by=self.clerk, item=item, revision=item.draft.revision, now=now
        )

    def approve(self, version: Version, by: Scope, now: datetime | None = None) -> Item:
        step = version.steps.get(is_current=True)
        for file in version.files.all():
            reviewing.open_file(by=by, version=version, public_id=file.public_id)
        for finding in version.findings.filter(
            is_serious=True, explanation__isnull=True
        ):
            reviewing.explain(by=by, finding=finding, reason="已核实，可以公开")
        return reviewing.decide(
            by=by,
            step=step,
            outcome=Outcome.APPROVED,
            content_hash=version.content_hash,
            now=now,
        )

    def approved(
        self,
        files: Iterable[tuple[str, bytes]] = (),
        now: datetime | None = None,
        **fields: object,
    ) -> Item:
        version = self.submit(self.draft(files, **fields), now)
        self.approve(version, self.head, now)
        return self.approve(version, self.secrecy, now)

    def published(
        self,
        files: Iterable[tuple[str, bytes]] = (),
        now: datetime | None = None,
        **fields: object,
    ) -> Item:
        item = self.approved(files, now, **fields)
        return publishing.publish(by=self.clerk, item=item, now=now)

    def kept(self, **fields: object) -> Item:
        told = {
            "attribute": Attribute.WITHHELD,
            "ground": "art16_internal",
            "reason": "属于内部事务信息",
        }
        return self.approved(**{**told, **fields})  # type: ignore[arg-type]
