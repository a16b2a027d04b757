"""Applying online, from the first page to the receipt."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.files import chunks_of, name_of
from gongkai.applications.models import Case, IntakeDraft, Paper
from gongkai.applications.persons import open_case
from gongkai.applications.services import drafting
from gongkai.applications.tests.factories import PDF, Desk, applicant
from gongkai.applications.tests.filing import (
    CREDIT_CODE,
    PERSON,
    RESIDENT_NO,
    SUBJECT,
    Visitor,
    pdf,
)
from gongkai.items.tests.factories import Office
from gongkai.registry.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Agency:
    county = make_agency("霜桥县人民政府", slug="shuangqiao")
    return make_agency("霜桥县林业局", county, slug="shuangqiao-linye")


@pytest.fixture
def visitor(bureau: Agency) -> Visitor:
    return Visitor(bureau)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["form"].errors
    return found


def test_a_person_files_and_holds_number_code_and_date(visitor: Visitor) -> None:
    visitor.fill()
    answer = visitor.send()
    assert answer.headers["Location"] == visitor.url("sent")
    case = Case.objects.get()
    told = open_case(case)
    assert (case.channel, case.applicant_kind) == ("network", "natural_person")
    assert (case.manner, case.route, case.subject) == ("paper", "post", SUBJECT)
    assert told.applicant.identity_no == RESIDENT_NO
    assert told.applicant.postcode == "350100"
    page = visitor.get("sent").content.decode()
    for shown in (case.number, told.query_code, str(case.due_on)):
        assert shown in page
    assert "第 1 个工作日为" in page


def test_an_organisation_files_with_its_credit_code(visitor: Visitor) -> None:
    visitor.fill("enterprise", identity={"identity_no": CREDIT_CODE.lower()})
    visitor.send()
    case = Case.objects.get()
    told = open_case(case).applicant
    assert case.applicant_kind == "enterprise"
    assert (told.identity_no, told.contact_person) == (CREDIT_CODE, "柳青河")


def test_the_files_reach_the_case_and_leave_the_draft(visitor: Visitor) -> None:
    visitor.fill()
    visitor.post("files", kind="attachment", files=pdf("委托书.pdf"))
    visitor.send()
    files = list(Case.objects.get().files.all())
    assert [(one.kind, name_of(one)) for one in files] == [
        ("identity", "身份证.pdf"),
        ("attachment", "委托书.pdf"),
    ]
    assert b"".join(chunks_of(files[0])) == PDF
    assert not IntakeDraft.objects.exists()
    assert StoredFile.objects.count() == 2


def test_each_matter_becomes_a_case_of_its_own(visitor: Visitor) -> None:
    visitor.fill()
    visitor.post("matters", more="yes")
    visitor.post("matter", 2, subject="采购合同", doc_no="霜林发〔2024〕3号")
    visitor.post("matters", more="no")
    visitor.send()
    assert [one.subject for one in Case.objects.order_by("pk")] == [SUBJECT, "采购合同"]
    assert visitor.get("sent").content.decode().count('class="receipt"') == 2
    printed = visitor.get("sent-receipt", 2).content.decode()
    assert Case.objects.latest("pk").number in printed


def test_sent_twice_it_is_one_paper_with_one_receipt(visitor: Visitor) -> None:
    visitor.fill()
    first, again = visitor.send(), visitor.send()
    assert first.headers["Location"] == again.headers["Location"] == visitor.url("sent")
    assert Paper.objects.count() == Case.objects.count() == 1


def test_a_second_click_that_overtakes_gets_the_same_receipt(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.fill()
    token = visitor.client.cookies["application"].value
    late = drafting.find(token)
    first = drafting.send(token)
    monkeypatch.setattr(drafting, "find", lambda _token: late)
    answers = iter([[], first])
    monkeypatch.setattr(drafting, "receipts", lambda *_a, **_k: next(answers))
    assert drafting.send(token) == first
    assert Case.objects.count() == 1


def test_the_back_button_after_sending_leads_to_the_receipt(visitor: Visitor) -> None:
    visitor.fill()
    visitor.send()
    for name, args in (("check", ()), ("files", ()), ("step", ("contact",))):
        assert visitor.get(name, *args).headers["Location"] == visitor.url("sent")


def test_a_sending_cut_off_after_its_commit_gives_its_receipt(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.fill()
    with monkeypatch.context() as patch:
        patch.setattr(drafting, "_forget", lambda draft: None)
        visitor.send()
    assert IntakeDraft.objects.exists()
    assert visitor.send().headers["Location"] == visitor.url("sent")
    assert Case.objects.count() == 1
    assert not IntakeDraft.objects.exists()


def test_a_full_disk_loses_nothing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **told: object) -> None:
        raise OSError(28, "No space left on device")

    visitor.fill()
    with monkeypatch.context() as patch:
        patch.setattr(drafting, "register", full)
        answer = visitor.send()
    assert answer.status_code == 503
    assert not Case.objects.exists()
    visitor.send()
    assert Case.objects.get().files.count() == 1


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("who", {}, "kind"),
        ("who", {"kind": "cat"}, "kind"),
        ("identity", {**PERSON, "name": ""}, "name"),
        ("identity", {**PERSON, "identity_no": "350121198511021233"}, "identity_no"),
        ("identity", {**PERSON, "identity_no": ""}, "identity_no"),
        ("identity", {**PERSON, "identity_kind": "uscc"}, "identity_kind"),
        ("agent", {}, "has_agent"),
        ("agent", {"has_agent": "yes"}, "agent_name"),
        (
            "agent",
            {"has_agent": "yes", "agent_name": "柳", "agent_identity_no": "1" * 18},
            "agent_identity_no",
        ),
        ("contact", {}, "phone"),
        ("contact", {"phone": "没有"}, "phone"),
        ("contact", {"email": "liu@"}, "email"),
        ("contact", {"phone": "13800138000", "postcode": "35"}, "postcode"),
        ("delivery", {}, "way"),
        ("delivery", {"way": "pigeon"}, "way"),
        ("delivery", {"way": "paper-post"}, "way"),
        ("delivery", {"way": "email"}, "way"),
    ],
)
def test_bad_input_is_named_at_its_field(
    visitor: Visitor, page: str, data: dict[str, str], field: str
) -> None:
    visitor.begin()
    visitor.ask()
    answer = visitor.post("step", page, **data)
    assert field in errors(answer)
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "said"), [("350121198511021233", "350121198511021233"), ("12", "12")]
)
def test_a_wrong_number_comes_back_with_value_and_remedy(
    visitor: Visitor, number: str, said: str
) -> None:
    visitor.begin()
    answer = visitor.post("step", "identity", **{**PERSON, "identity_no": number})
    assert f"“{said}”" in errors(answer)["identity_no"][0]
    assert f'value="{number}"' in answer.content.decode()


def test_a_matter_needs_a_name_that_is_not_too_long(visitor: Visitor) -> None:
    visitor.begin()
    assert "subject" in errors(visitor.post("matter", 1, subject=" "))
    answer = visitor.post("matter", 1, subject="长" * 201)
    assert "subject" in errors(answer)
    assert visitor.get("matter", 3).status_code == 404


def test_more_than_five_matters_do_not_fit(visitor: Visitor) -> None:
    visitor.begin()
    for number in range(1, 6):
        visitor.post("matter", number, subject=f"事项{number}")
    assert visitor.get("matter", 6).status_code == 404
    assert visitor.get("matters").context["is_full"]
    assert visitor.post("matters").status_code == 302


def test_a_file_of_no_taken_type_loses_none_of_the_others(visitor: Visitor) -> None:
    visitor.begin()
    visitor.ask()
    bad = SimpleUploadedFile("坏.exe", b"MZ\x00\x01")
    answer = visitor.post("files", kind="identity", files=[pdf(), bad], act="add")
    assert "坏.exe" in errors(answer)["files"][0]
    assert [file.name for file, _kind in answer.context["files"]] == ["身份证.pdf"]


def test_an_eleventh_file_does_not_fit_and_is_not_kept(visitor: Visitor) -> None:
    visitor.begin()
    visitor.ask()
    many = [pdf(f"{number}.pdf") for number in range(11)]
    answer = visitor.post("files", kind="identity", files=many, act="add")
    assert len(answer.context["files"]) == StoredFile.objects.count() == 10
    assert "files" in errors(answer)


def test_a_file_can_be_taken_out_again(visitor: Visitor) -> None:
    visitor.fill()
    file = visitor.get("files").context["files"][0][0]
    visitor.post("files", remove=str(file.stored_id))
    assert visitor.get("files").context["files"] == []
    assert not StoredFile.objects.exists()


def test_the_summary_shows_all_and_leads_back_to_each_page(visitor: Visitor) -> None:
    visitor.fill()
    page = visitor.get("check").content.decode()
    for shown in (SUBJECT, "柳青河", RESIDENT_NO, "13800138000", "身份证.pdf"):
        assert shown in page
    for step in ("who", "identity", "agent", "contact", "delivery"):
        assert visitor.url("step", step) in page
    answer = visitor.post("step", "contact", phone="13900139000", address="北门路")
    assert answer.headers["Location"] == visitor.url("check")


def test_another_contact_asks_again_for_a_way_that_no_longer_fits(
    visitor: Visitor,
) -> None:
    visitor.fill()
    answer = visitor.post("step", "contact", phone="13900139000")
    assert answer.headers["Location"] == visitor.url("step", "delivery")


def test_an_unfinished_form_cannot_be_sent(visitor: Visitor) -> None:
    visitor.begin()
    visitor.ask()
    assert visitor.send().headers["Location"] == visitor.url("step", "who")
    assert not Case.objects.exists()


def test_what_is_published_and_answers_it_is_shown_first(bureau: Agency) -> None:
    office = Office(bureau)
    office.published(title="2024年退耕还林补助发放明细公示")
    visitor = Visitor(bureau)
    visitor.begin()
    answer = visitor.client.post(
        visitor.url("matter", 1), {"subject": SUBJECT}, follow=True
    )
    assert "退耕还林补助发放明细公示" in answer.content.decode()
    office.draft(title="退耕还林补助发放明细内部稿")
    assert "内部稿" not in visitor.get("published", 1).content.decode()


def test_half_of_the_words_are_enough_to_be_shown(bureau: Agency) -> None:
    Office(bureau).published(title="惠农补贴资金发放公示")
    visitor = Visitor(bureau)
    visitor.begin()
    visitor.post("matter", 1, subject="2025 年度惠农补贴资金分配结果（按乡镇）")
    assert "惠农补贴资金发放公示" in visitor.get("published", 1).text


def test_a_document_number_finds_its_document(bureau: Agency) -> None:
    Office(bureau).published(title="某通知", doc_no="霜林发〔2026〕7号")
    visitor = Visitor(bureau)
    visitor.begin()
    visitor.post("matter", 1, subject="独角兽登记簿", doc_no="霜林发(2026)7号")
    assert "霜林发〔2026〕7号" in visitor.get("published", 1).text


def test_a_matter_that_nothing_answers_leads_straight_on(visitor: Visitor) -> None:
    visitor.begin()
    visitor.post("matter", 1, subject="独角兽登记簿")
    answer = visitor.get("published", 1)
    assert answer.headers["Location"] == visitor.url("matters")


def test_a_likely_repeat_is_told_before_sending(bureau: Agency) -> None:
    told = applicant(identity_no=RESIDENT_NO)
    today = timezone.localdate()
    Desk(bureau).receive(SUBJECT, applicant=told, received_on=today)
    visitor = Visitor(bureau)
    visitor.fill(matter={"subject": f"{SUBJECT}（全县）"})
    repeats = visitor.get("check").context["repeats"]
    assert repeats == [(f"{SUBJECT}（全县）", today)]
    visitor.send()
    assert Case.objects.count() == 2


def test_nobody_elses_application_is_told_as_a_repeat(bureau: Agency) -> None:
    Desk(bureau).receive(SUBJECT, received_on=date(2026, 3, 2))
    visitor = Visitor(bureau)
    visitor.fill()
    assert visitor.get("check").context["repeats"] == []


def test_the_words_of_an_empty_search_become_the_first_title(visitor: Visitor) -> None:
    start = visitor.url("start")
    assert 'value="独角兽"' in visitor.client.get(start, {"about": "独角兽"}).text
    visitor.client.post(start, {"about": "独角兽"})
    assert 'value="独角兽"' in visitor.get("matter", 1).text


def test_a_body_that_was_dissolved_takes_no_application(client: Client) -> None:
    gone = make_agency(dissolved_on=date(2020, 1, 1))
    assert (
        client.get(reverse("applications:start", args=[gone.slug])).status_code == 404
    )


def test_nothing_of_the_form_is_kept_by_anybody(visitor: Visitor) -> None:
    visitor.fill()
    visitor.send()
    for name, args in (
        ("start", ()),
        ("sent", ()),
        ("sent-receipt", (1,)),
        ("check", ()),
        ("form", ()),
    ):
        assert "no-store" in visitor.get(name, *args).headers["Cache-Control"]


def test_the_form_does_not_ask_for_a_purpose(visitor: Visitor) -> None:
    visitor.fill()
    assert "用途" not in visitor.get("check").text
    assert "用途" not in visitor.get("form").text
