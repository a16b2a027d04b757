"""The reply: written, reviewed by two people, signed, frozen, delivered."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.agencies.tests.clients import said
from gongkai.agencies.tests.factories import make_scope
from gongkai.applications import replies
from gongkai.applications.choices import FileKind, Stage
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.files import Prepared, chunks_of
from gongkai.applications.models import Case, CaseFile, Reply, ReplyStep
from gongkai.applications.rules import Actor, choices_for
from gongkai.applications.services import handling, replying
from gongkai.applications.subjects import REPLIES
from gongkai.applications.tests.desks import at, browser, clerk_of, now
from gongkai.applications.tests.factories import REPLY, Desk
from gongkai.audit.models import Event
from gongkai.items.choices import Outcome, StepKind
from gongkai.items.exceptions import AlreadyDecided, ItemRefused
from gongkai.items.services.setting_up import WantedStep, set_flow
from gongkai.registry import files as store
from gongkai.registry.outbox import run_next

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

WORDS = {
    "事实": "经查，本机关保存有该项补助的发放明细。",
    "理由": "其中身份证号码、银行账号涉及个人隐私，公开会对第三方合法权益造成损害。",
    "不予公开部分": "发放对象的身份证号码和银行账号",
    "提供的信息": "2024 年度退耕还林补助发放明细（已作区分处理）",
    "获取途径": "随本答复书提供",
}


class Office(Desk):
    """A desk whose replies pass a section head and a leader."""

    def __init__(self) -> None:
        super().__init__()
        steps = [
            WantedStep(StepKind.CONTENT, Role.SECTION_HEAD),
            WantedStep(StepKind.SIGN_OFF, Role.LEADER),
        ]
        set_flow(by=SYSTEM, agency=self.agency, steps=steps, subject=REPLIES)
        self.leader = Actor(make_scope(self.agency, Role.LEADER))

    def begun(self, **told: Any) -> Case:
        received_on = timezone.localdate() - timedelta(days=3)
        case = self.case(**{"received_on": received_on, **told})
        handling.take_up(actor=self.clerk, case=case)
        return now(case)

    def written(self, case: Case | None = None, result: str = "R2") -> Reply:
        by = scope(self.clerk)
        case = case or self.begun()
        reply = replying.draft(by=by, case=case, result=result)
        files = [released(self, case)] if result == "R2" else []
        return replying.save(
            by=by,
            reply=reply,
            revision=reply.revision,
            result=result,
            words=WORDS,
            withheld=["D4"] if result == "R2" else [],
            files=files,
        )

    def handed_in(self, case: Case | None = None, result: str = "R2") -> Reply:
        reply = self.written(case, result)
        return replying.hand_in(
            by=scope(self.clerk), reply=reply, revision=reply.revision
        )

    def signed(self, case: Case | None = None, result: str = "R2") -> Reply:
        reply = self.handed_in(case, result)
        for actor in (self.head, self.leader):
            approve(reply, actor)
        return fresh(reply)


def scope(actor: Actor) -> Scope:
    assert actor.scope is not None
    return actor.scope


def fresh(reply: Reply) -> Reply:
    return Reply.objects.select_related("case__agency").get(pk=reply.pk)


def step_of(reply: Reply) -> ReplyStep:
    return ReplyStep.objects.select_related("reply__case").get(
        reply=reply, is_current=True
    )


def approve(reply: Reply, actor: Actor) -> Reply:
    for file in reply.files.all():
        replying.open_document(by=scope(actor), reply=reply, file=file)
    return replying.decide(
        by=scope(actor),
        step=step_of(reply),
        outcome=Outcome.APPROVED,
        content_hash=reply.content_hash,
    )


def released(office: Desk, case: Case, data: bytes | None = None) -> CaseFile:
    told = Prepared("released", "明细.pdf", "application/pdf", data or plain_pdf())
    return replying.add_document(by=scope(office.clerk), case=case, upload=told)


def plain_pdf(**changes: Any) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    if "attached" in changes:
        pdf.attachments["secret.txt"] = changes["attached"]
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


@pytest.fixture
def office() -> Office:
    return Office()


def test_signing_numbers_the_reply_and_freezes_its_documents(office: Office) -> None:
    reply = office.signed()
    short = office.agency.short_name or office.agency.name
    assert reply.state == Reply.State.SIGNED
    assert reply.reply_no == f"{short}公复〔{timezone.localdate().year}〕1号"
    assert reply.pdf is None
    while run_next("test"):
        pass
    reply = fresh(reply)
    assert reply.word is not None and reply.pdf is not None
    data = b"".join(chunks_of(reply.word))
    text = "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)
    assert reply.reply_no in text and WORDS["事实"] in text
    assert "行政复议" in text


def test_freezing_twice_makes_one_document(office: Office) -> None:
    reply = office.signed()
    replying.freeze(reply.pk)
    replying.freeze(reply.pk)
    assert reply.case.files.filter(kind=FileKind.REPLY).count() == 2


def test_numbers_of_replies_have_no_gap(office: Office) -> None:
    numbers = [office.signed(result="D4").reply_no for _ in range(3)]
    assert [one.split("〕")[1] for one in numbers] == ["1号", "2号", "3号"]


def test_delivery_ends_the_case_and_opens_the_documents(office: Office) -> None:
    reply = office.signed()
    replying.freeze(reply.pk)
    today = timezone.localdate()
    assert not reply.case.files.filter(for_applicant=True).exists()
    replying.deliver(
        actor=office.clerk, case=reply.case, on=today, way="post", text="EMS 1234"
    )
    case = now(reply.case)
    assert (case.stage, case.result, case.replied_on) == (Stage.REPLIED, "R2", today)
    assert case.reply_no == reply.reply_no
    kinds = case.files.filter(for_applicant=True).values_list("kind", "media_type")
    assert set(kinds) == {
        (FileKind.REPLY, "application/pdf"),
        (FileKind.RELEASED, "application/pdf"),
    }
    assert fresh(reply).state == Reply.State.DELIVERED


def test_delivery_by_post_needs_a_proof(office: Office) -> None:
    reply = office.signed()
    replying.freeze(reply.pk)
    today = timezone.localdate()
    with pytest.raises(BadInput) as error:
        replying.deliver(actor=office.clerk, case=reply.case, on=today, way="post")
    assert error.value.field == "proof"
    assert now(reply.case).stage == Stage.IN_REVIEW


def test_nothing_is_delivered_before_it_is_signed(office: Office) -> None:
    reply = office.handed_in()
    with pytest.raises(NotAllowedNow):
        replying.deliver(
            actor=office.clerk,
            case=reply.case,
            on=timezone.localdate(),
            way="online",
        )


def test_a_reply_is_not_delivered_twice(office: Office) -> None:
    reply = office.signed()
    replying.freeze(reply.pk)
    told: dict[str, Any] = {"on": timezone.localdate(), "way": "online"}
    replying.deliver(actor=office.clerk, case=reply.case, **told)
    with pytest.raises(NotAllowedNow):
        replying.deliver(actor=office.clerk, case=reply.case, **told)


def test_an_agency_with_a_flow_enters_no_reply_past_it(office: Office) -> None:
    case = office.begun()
    with pytest.raises(NotAllowedNow):
        handling.reply(
            actor=office.clerk,
            case=case,
            on=timezone.localdate(),
            result="R1",
            files=[REPLY],
        )


def test_without_a_flow_nothing_is_handed_in(office: Office) -> None:
    desk = Desk()
    case = desk.case(received_on=timezone.localdate())
    by = scope(desk.clerk)
    reply = replying.draft(by=by, case=case, result="D4")
    kept = replying.save(
        by=by, reply=reply, revision=1, result="D4", words=WORDS, withheld=[]
    )
    with pytest.raises(ItemRefused):
        replying.hand_in(by=by, reply=kept, revision=kept.revision)


def test_the_writer_approves_nothing_under_another_account(office: Office) -> None:
    reply = office.handed_in()
    head = scope(office.head)
    Reply.objects.get(pk=reply.pk).writers.add(head.person)
    with pytest.raises(ItemRefused):
        approve(reply, office.head)


def test_one_person_does_not_decide_two_steps(office: Office) -> None:
    both = Actor(make_scope(office.agency, Role.SECTION_HEAD, Role.LEADER))
    reply = office.handed_in()
    approve(reply, both)
    with pytest.raises(ItemRefused):
        approve(reply, both)


def test_every_document_is_opened_before_an_approval(office: Office) -> None:
    reply = office.handed_in()
    with pytest.raises(ItemRefused):
        replying.decide(
            by=scope(office.head),
            step=step_of(reply),
            outcome=Outcome.APPROVED,
            content_hash=reply.content_hash,
        )


def test_what_changed_behind_the_reviewers_is_not_approved(office: Office) -> None:
    reply = office.handed_in()
    sealed = replies.sealed_words(reply.case, {**WORDS, "事实": "换过的话"})
    Reply.objects.filter(pk=reply.pk).update(sealed=sealed)
    with pytest.raises(ItemRefused):
        approve(reply, office.head)


def test_what_changed_after_signing_is_not_frozen(office: Office) -> None:
    reply = office.signed()
    Reply.objects.filter(pk=reply.pk).update(result="R1")
    with pytest.raises(RuntimeError):
        replying.freeze(reply.pk)
    assert fresh(reply).pdf is None


def test_a_step_is_decided_once(office: Office) -> None:
    reply = office.handed_in()
    step = step_of(reply)
    approve(reply, office.head)
    with pytest.raises(AlreadyDecided):
        replying.decide(
            by=scope(office.head),
            step=step,
            outcome=Outcome.APPROVED,
            content_hash=reply.content_hash,
        )


def test_a_returned_reply_goes_on_as_the_next_draft(office: Office) -> None:
    reply = office.handed_in()
    replying.decide(
        by=scope(office.head),
        step=step_of(reply),
        outcome=Outcome.RETURNED,
        content_hash=reply.content_hash,
        opinion="理由写得不够。",
    )
    following = replying.draft(by=scope(office.clerk), case=reply.case, result="R2")
    assert following.number == 2
    assert replies.words_of(following) == WORDS
    assert list(following.files.all()) == list(reply.files.all())


def test_taking_back_voids_the_approvals(office: Office) -> None:
    reply = office.handed_in()
    approve(reply, office.head)
    following = replying.take_back(by=scope(office.clerk), reply=reply)
    assert fresh(reply).state == Reply.State.TAKEN_BACK
    assert following.state == Reply.State.DRAFT and not following.steps.exists()
    assert not ReplyStep.objects.filter(reply=reply, is_current=True).exists()


def test_a_second_window_overwrites_nothing(office: Office) -> None:
    reply = office.written()
    with pytest.raises(NotAllowedNow):
        replying.save(
            by=scope(office.clerk), reply=reply, revision=1, result="R2", words={}
        )
    assert replies.words_of(fresh(reply)) == WORDS


@pytest.mark.parametrize("left", ["事实", "不予公开部分"])
def test_what_the_letter_prints_is_asked_for(office: Office, left: str) -> None:
    by, reply = scope(office.clerk), office.written()
    words = {name: text for name, text in WORDS.items() if name != left}
    kept = replying.save(
        by=by,
        reply=reply,
        revision=reply.revision,
        result="R2",
        words=words,
        withheld=["D4"],
        files=list(reply.files.all()),
    )
    missing = list(replies.missing_for_review(kept, timezone.localdate()))
    assert [one for one in missing if left in one]
    with pytest.raises(ItemRefused):
        replying.hand_in(by=by, reply=kept, revision=kept.revision)


def test_a_partial_release_needs_a_ground_and_a_document(office: Office) -> None:
    by, reply = scope(office.clerk), office.written()
    kept = replying.save(
        by=by, reply=reply, revision=reply.revision, result="R2", words=WORDS
    )
    assert len(list(replies.missing_for_review(kept, timezone.localdate()))) == 2


def test_a_document_of_another_case_does_not_go_out(office: Office) -> None:
    reply = office.written()
    foreign = released(office, office.begun())
    with pytest.raises(BadInput):
        replying.save(
            by=scope(office.clerk),
            reply=reply,
            revision=reply.revision,
            result="R2",
            words=WORDS,
            withheld=["D4"],
            files=[foreign],
        )


def test_a_file_that_was_not_cleared_does_not_go_out(office: Office) -> None:
    case = office.begun(files=[REPLY])
    reply = office.written(case)
    found = case.files.exclude(kind=FileKind.RELEASED).first()
    with pytest.raises(BadInput):
        replying.save(
            by=scope(office.clerk),
            reply=reply,
            revision=reply.revision,
            result="R2",
            words=WORDS,
            withheld=["D4"],
            files=[found] if found else [],
        )


def test_a_pdf_with_another_file_inside_is_not_taken(office: Office) -> None:
    case = office.begun()
    secret = b"9483 names"
    try:
        kept = released(office, case, plain_pdf(attached=secret))
    except BadInput:
        assert not case.files.filter(kind=FileKind.RELEASED).exists()
    else:
        with pikepdf.open(BytesIO(b"".join(chunks_of(kept)))) as pdf:
            assert not pdf.attachments


def test_a_workbook_with_a_hidden_sheet_is_not_taken(office: Office) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.create_sheet("内部").sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    told = Prepared("released", "名单.xlsx", store.XLSX, written.getvalue())
    with pytest.raises(BadInput):
        replying.add_document(by=scope(office.clerk), case=office.begun(), upload=told)


def test_another_agencys_clerk_writes_nothing(office: Office) -> None:
    with pytest.raises(PermissionDenied):
        replying.draft(by=scope(Desk().clerk), case=office.begun(), result="R1")


def test_the_audit_chain_names_acts_and_no_words(office: Office) -> None:
    reply = office.signed()
    events = Event.objects.filter(verb__startswith="reply.")
    kinds = list(events.order_by("pk").values_list("verb", flat=True))
    assert kinds == [
        *("reply.begun", "reply.handed_in", "reply.document_opened"),
        *("reply.approved", "reply.document_opened", "reply.approved"),
    ]
    assert WORDS["事实"] not in str(list(events.values()))
    assert WORDS["事实"].encode() not in bytes(fresh(reply).sealed or b"")


def test_a_case_that_ended_leaves_nothing_to_decide(office: Office) -> None:
    reply = office.handed_in()
    handling.withdraw(actor=office.clerk, case=reply.case)
    with pytest.raises(ItemRefused):
        approve(reply, office.head)
    page = browser(office.head).get("/console/")
    assert reply.case.number not in page.content.decode()


def test_a_walk_through_the_pages(office: Office) -> None:
    """Begin, type, add a document, hand in, two approvals, delivery, download."""
    case = office.begun()
    clerk = clerk_of(office)
    here = at("reply", case)
    assert clerk.get(here).status_code == 200
    assert clerk.post(here, {"act": "begin", "result": "R2"}).status_code == 302
    upload = SimpleUploadedFile("明细.pdf", plain_pdf())
    clerk.post(at("reply-add", case), {"documents": upload})
    page = clerk.get(here)
    form = page.context["form"]
    typed = {f"word{number}": "" for number in range(20)} | {
        bound.html_name: WORDS.get(str(bound.label), "见答复")
        for bound in form.visible_fields()
        if bound.html_name.startswith("word")
    }
    typed |= {
        "act": "hand_in",
        "result": "R2",
        "revision": "1",
        "withheld": "D4",
        "files": next(iter(form.documents)),
    }
    assert clerk.post(here, typed).status_code == 302
    reply = Reply.objects.get(case=case)
    assert reply.state == Reply.State.IN_REVIEW
    assert clerk.get(at("reply-review", case)).status_code == 403
    for actor in (office.head, office.leader):
        reviewer = browser(actor)
        assert case.number in reviewer.get("/console/").content.decode()
        page = reviewer.get(at("reply-review", case))
        assert WORDS["事实"] in page.content.decode()
        for file in page.context["files"]:
            assert reviewer.post(file["url"]).status_code == 200
        decision = {"outcome": "approved", "content_hash": reply.content_hash}
        answer = reviewer.post(at("reply-review", case), decision)
        assert answer.status_code == 302, said(answer)
    while run_next("test"):
        pass
    assert "deliver" in clerk.get(here).content.decode()
    told = {
        "on": timezone.localdate().isoformat(),
        "way": "in_person",
        "text": "本人签收",
    }
    assert clerk.post(at("act", case, "deliver"), told).status_code == 302
    assert now(case).stage == Stage.REPLIED
    for ending in ("docx", "pdf"):
        answer = clerk.get(at("reply-letter", case, 1, ending))
        assert answer.status_code == 200 and b"".join(answer)


def test_the_case_page_offers_writing_and_not_entering(office: Office) -> None:
    case = office.begun()
    allowed = {
        one.transition.name
        for one in choices_for(case, office.clerk, timezone.localdate())
        if one.is_allowed
    }
    assert not {"reply", "deliver"} & allowed
    page = clerk_of(office).get(at("case", case))
    assert at("reply", case) in page.content.decode()


def test_a_reader_without_the_desk_does_not_read_the_reply(office: Office) -> None:
    reply = office.handed_in()
    inspector = Actor(make_scope(office.agency, Role.INSPECTOR))
    answer = browser(inspector).get(at("reply", reply.case))
    assert answer.status_code == 403
