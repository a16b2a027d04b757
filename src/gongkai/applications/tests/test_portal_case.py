"""Following a case with number and query code, and what its applicant may do."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.choices import Stage
from gongkai.applications.models import Case
from gongkai.applications.services import asking, following, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.factories import PDF, REPLY, Desk
from gongkai.applications.tests.filing import pdf
from gongkai.applications.transitions import TRANSITIONS
from gongkai.applications.views.portal.telling import HIDDEN, NOW, TOLD
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
QUERY = reverse("applications:query")


def test_the_way_up_from_a_dissolved_body_s_case_is_no_dead_end() -> None:
    applicant = Applicant(Desk())
    applicant.enter()
    Agency.objects.filter(pk=applicant.case.agency_id).update(
        dissolved_on=timezone.localdate()
    )
    page = applicant.page()
    assert page.status_code == 200
    urls = [url for _label, url in page.context["crumbs"] if url]
    assert len(urls) == 2
    for url in urls:
        assert applicant.client.get(url).status_code == 200, url


class Applicant:
    """A case of today, and the browser of who applied."""

    def __init__(self, desk: Desk, **told: Any) -> None:
        told.setdefault("received_on", timezone.localdate())
        receipt = desk.receive(**told)[0]
        self.desk, self.case, self.client = desk, receipt.case, Client()
        self.code = receipt.query_code
        handling.take_up(actor=desk.clerk, case=self.case)

    def url(self, page: str = "case", *args: object) -> str:
        return reverse(f"applications:{page}", args=[self.case.number, *args])

    def enter(self, **changes: str) -> Any:
        told = {"number": self.case.number, "code": self.code, **changes}
        return self.client.post(QUERY, told)

    def page(self) -> Any:
        return self.client.get(self.url())

    @property
    def stage(self) -> str:
        return Case.objects.get(pk=self.case.pk).stage

    def ask_correction(self) -> None:
        asking.ask_correction(
            actor=self.desk.clerk,
            case=self.case,
            text="请写明所需文件的年度。",
            until=date(2099, 1, 4),
        )

    def reply(self) -> None:
        handling.reply(
            actor=self.desk.clerk,
            case=self.case,
            on=timezone.localdate(),
            result="R1",
            files=[REPLY],
        )


@pytest.fixture
def desk() -> Desk:
    return Desk(make_agency("霜桥县林业局", slug="shuangqiao-linye"))


@pytest.fixture
def applicant(desk: Desk) -> Applicant:
    return Applicant(desk)


@pytest.fixture
def inside(applicant: Applicant) -> Applicant:
    applicant.enter()
    return applicant


def test_number_and_code_open_the_case(applicant: Applicant) -> None:
    told = {"number": f" {applicant.case.number.lower()} ", "code": applicant.code}
    answer = applicant.enter(**told)
    assert answer.headers["Location"] == applicant.url()
    assert str(applicant.case.due_on) in applicant.page().text


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(
    applicant: Applicant,
) -> None:
    pages = [
        applicant.enter(code="AAAAAAAAAA").context["form"].errors,
        applicant.enter(number="SHUANGQIAO-LINYE-2026-9999").context["form"].errors,
    ]
    assert pages[0] == pages[1]
    assert not applicant.client.cookies.get("case")


def test_guessing_is_slowed_and_told_in_minutes(applicant: Applicant) -> None:
    for _try in range(following.MOST_FAILURES):
        assert applicant.enter(code="AAAAAAAAAA").status_code == 200
    answer = applicant.enter()
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15" in answer.text
    assert applicant.page().status_code == 302


def test_an_empty_query_is_no_try(applicant: Applicant) -> None:
    for _try in range(following.MOST_FAILURES + 1):
        assert applicant.enter(code="").status_code == 200
    assert applicant.enter().status_code == 302


def test_without_having_entered_no_page_of_the_case_opens(
    applicant: Applicant,
) -> None:
    pages = ("case", "receipt", "correct", "reasons", "withdraw", "rate")
    for page in pages:
        answer = applicant.client.get(applicant.url(page))
        assert answer.headers["Location"] == QUERY
    assert Client().get(applicant.url("letter", 1)).headers["Location"] == QUERY


def test_one_case_opens_no_other(inside: Applicant, desk: Desk) -> None:
    other = Applicant(desk)
    answer = inside.client.get(other.url())
    assert answer.headers["Location"] == QUERY


def test_the_way_in_ends_after_half_an_hour(inside: Applicant) -> None:
    later = timezone.now() + timedelta(minutes=31)
    with time_machine.travel(later, tick=False):
        assert inside.page().headers["Location"] == QUERY


def test_the_cookie_names_the_case_only_and_no_script_reads_it(
    applicant: Applicant,
) -> None:
    cookie = applicant.enter().cookies["case"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["max-age"]) == ("/case/", 1800)
    assert applicant.code not in cookie.value
    assert settings.SESSION_COOKIE_NAME not in applicant.client.cookies


def test_leaving_makes_the_device_forget(inside: Applicant) -> None:
    inside.client.post(inside.url())
    assert inside.page().headers["Location"] == QUERY


def test_nothing_of_a_case_is_kept_by_anybody(inside: Applicant) -> None:
    for address in (QUERY, inside.url(), inside.url("receipt")):
        assert "no-store" in inside.client.get(address).headers["Cache-Control"]


def test_the_page_tells_in_words_and_hides_what_is_inside(inside: Applicant) -> None:
    clerk, case = inside.desk.clerk, inside.case
    handling.ask_section(actor=clerk, case=case, section="资源股")
    party = Consulted("暗香合作社", "北门路 5 号", "是否同意公开？")
    asking.consult(actor=clerk, case=case, of="third_party", party=party)
    page = inside.page()
    titles = [event["title"] for event in page.context["events"]]
    assert len(titles) == 4
    for hidden in ("资源股", "暗香合作社", "北门路 5 号"):
        assert hidden not in page.text
    assert "征求意见" in page.text


def test_every_act_is_told_or_kept_inside_on_purpose() -> None:
    assert set(TRANSITIONS) | {"register"} == set(TOLD) | HIDDEN
    assert not set(TOLD) & HIDDEN
    assert set(NOW) == set(Stage)


def test_the_receipt_and_the_letters_can_be_read(inside: Applicant) -> None:
    inside.ask_correction()
    letter = inside.case.notices.get()
    assert inside.code in inside.client.get(inside.url("receipt")).text
    assert "年度" in inside.client.get(inside.url("letter", letter.pk)).text


def test_a_letter_to_others_is_none_of_the_applicants(inside: Applicant) -> None:
    party = Consulted("合作社", "北门路 5 号", "是否同意公开？")
    asking.consult(
        actor=inside.desk.clerk, case=inside.case, of="third_party", party=party
    )
    letter = inside.case.notices.get(to_applicant=False)
    assert inside.client.get(inside.url("letter", letter.pk)).status_code == 404
    other = Applicant(inside.desk)
    other.ask_correction()
    foreign = other.case.notices.get()
    assert inside.client.get(inside.url("letter", foreign.pk)).status_code == 404


def test_a_correction_restarts_the_term(inside: Applicant) -> None:
    inside.ask_correction()
    assert inside.stage == Stage.CORRECTION
    assert "年度" in inside.client.get(inside.url("correct")).text
    answer = inside.client.post(
        inside.url("correct"), {"text": "2024 年度", "files": pdf("补正.pdf")}
    )
    assert answer.headers["Location"] == inside.url()
    assert inside.stage == Stage.IN_REVIEW
    assert inside.case.acts.filter(name="receive_correction", by_applicant=True)
    assert inside.case.files.get().by_applicant


def test_a_correction_sent_twice_is_one(inside: Applicant) -> None:
    inside.ask_correction()
    for _each in range(2):
        answer = inside.client.post(inside.url("correct"), {"text": "2024 年度"})
        assert answer.headers["Location"] == inside.url()
    assert inside.case.acts.filter(name="receive_correction").count() == 1


def test_a_correction_needs_words_or_a_file_that_is_taken(inside: Applicant) -> None:
    inside.ask_correction()
    empty = inside.client.post(inside.url("correct"), {"text": " "})
    assert "text" in empty.context["form"].errors
    bad = SimpleUploadedFile("坏.pdf", b"\x00\x01\x02\x00")
    answer = inside.client.post(inside.url("correct"), {"text": "甲", "files": bad})
    assert "files" in answer.context["form"].errors
    assert "甲" in answer.text
    assert inside.stage == Stage.CORRECTION


def test_reasons_are_given(inside: Applicant) -> None:
    asking.ask_reasons(actor=inside.desk.clerk, case=inside.case, text="数量较大")
    empty = inside.client.post(inside.url("reasons"), {"text": ""})
    assert "text" in empty.context["form"].errors
    inside.client.post(inside.url("reasons"), {"text": "研究所需"})
    assert inside.stage == Stage.IN_REVIEW


def test_a_withdrawal_is_confirmed_first(inside: Applicant) -> None:
    assert inside.client.get(inside.url("withdraw")).status_code == 200
    assert inside.stage == Stage.IN_REVIEW
    inside.client.post(inside.url("withdraw"), {"text": ""})
    assert inside.stage == Stage.WITHDRAWN
    assert inside.url("withdraw") not in inside.page().text


def test_an_act_that_is_not_allowed_now_leads_back_and_says_why(
    inside: Applicant,
) -> None:
    answer = inside.client.post(inside.url("correct"), {"text": "甲"}, follow=True)
    assert answer.redirect_chain[-1][0] == inside.url()
    assert 'class="notice info"' in answer.text


def test_a_fee_is_shown_with_how_to_pay_it(inside: Applicant) -> None:
    asking.charge(
        actor=inside.desk.clerk, case=inside.case, basis="volume", quantity=100
    )
    assert "700.00" in inside.page().text


def test_the_reply_is_downloaded_as_it_was_sent(inside: Applicant) -> None:
    inside.reply()
    file = inside.case.files.get()
    address = inside.url("file", file.public_id)
    assert address in inside.page().text
    answer = inside.client.get(address)
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_that_is_not_for_the_applicant_is_not_found(desk: Desk) -> None:
    from gongkai.applications.files import Prepared

    internal = Prepared("opinion", "内部意见.pdf", "application/pdf", PDF)
    inside = Applicant(desk, files=[internal])
    inside.enter()
    file = inside.case.files.get()
    assert inside.client.get(inside.url("file", file.public_id)).status_code == 404


def test_a_replied_case_is_rated_once(inside: Applicant) -> None:
    assert inside.client.get(inside.url("rate")).status_code == 302
    inside.reply()
    bad = inside.client.post(inside.url("rate"), {"rating": "6"})
    assert "rating" in bad.context["form"].errors
    inside.client.post(inside.url("rate"), {"rating": "4"})
    inside.client.post(inside.url("rate"), {"rating": "1"})
    assert Case.objects.get(pk=inside.case.pk).rating == 4
    assert Event.objects.filter(verb="case.rated").count() == 1


def test_a_purged_case_says_so(inside: Applicant) -> None:
    inside.reply()
    Case.objects.filter(pk=inside.case.pk).update(data_key=None)
    page = inside.page()
    assert page.status_code == 200
    assert page.context["wanted"] is None
    file = inside.case.files.get()
    assert inside.client.get(inside.url("file", file.public_id)).status_code == 404
    assert inside.client.get(inside.url("receipt")).status_code == 200


def test_the_page_costs_the_same_however_much_happened(
    inside: Applicant, django_assert_max_num_queries: Any
) -> None:
    inside.ask_correction()
    inside.client.post(inside.url("correct"), {"text": "甲"})
    for number in range(10):
        handling.ask_section(
            actor=inside.desk.clerk, case=inside.case, section=f"{number}股"
        )
    with django_assert_max_num_queries(22):
        inside.page()
