from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.items.choices import Outcome, Stage
from gongkai.items.models import Decision, Item, Opening, Version
from gongkai.items.services import drafting
from gongkai.items.tests.desks import Desks, at, form_of, fresh
from gongkai.items.tests.samples import PNG, pdf, resident_id, workbook

pytestmark = pytest.mark.django_db

FILES = [("范围图.pdf", pdf(["map"]))]


def decide(
    client: Client, item: Item, outcome: str = Outcome.APPROVED, **more: object
) -> Any:
    seen = fresh(item).versions.order_by("-number")[0].content_hash
    form: dict[str, Any] = {"outcome": outcome, "content_hash": seen, "opinion": ""}
    return client.post(at("review", item), {**form, **more})


@pytest.fixture
def item(desks: Desks) -> Item:
    return desks.submit(desks.draft(title="春灌通知")).item


def test_a_reviewer_sees_what_the_public_will_and_all_particulars(
    desks: Desks, item: Item
) -> None:
    for view in ("public", "data", "diff", "nonsense"):
        answer = desks.heads.get(at("review", item), {"view": view})
        assert answer.status_code == 200
        assert "春灌通知" in answer.content.decode()


def test_a_correction_is_shown_as_a_difference(desks: Desks) -> None:
    item = desks.published(body="<p>三月五日放水。</p>")
    drafting.revise(by=desks.clerk, item=item)
    desks.edit(item, body="<p>三月六日放水。</p>", public_note="日期有误")
    desks.submit(item)
    answer = desks.heads.get(at("review", item), {"view": "diff"})
    assert not answer.context["comparison"].is_empty
    text = answer.content.decode()
    assert "<del>" in text
    assert "<ins>" in text


def test_approving_goes_on_to_what_waits_next(desks: Desks, item: Item) -> None:
    following = desks.submit(desks.draft(title="下一件")).item
    answer = decide(desks.heads, item)
    assert answer.headers["Location"] == at("review", following)
    answer = decide(desks.heads, following)
    assert answer.headers["Location"] == reverse("console:home")
    assert decide(desks.secrecys, item).status_code == 302
    assert fresh(item).stage == Stage.APPROVED


def test_returning_needs_an_opinion_and_keeps_what_was_typed(
    desks: Desks, item: Item
) -> None:
    form = form_of(decide(desks.heads, item, Outcome.RETURNED, opinion="  "))
    assert form.non_field_errors()
    decide(desks.heads, item, Outcome.RETURNED, opinion="日期不对")
    assert fresh(item).stage == Stage.RETURNED
    assert Decision.objects.get().opinion == "日期不对"


@pytest.mark.parametrize("outcome", ["", "published", "vouched"])
def test_a_decision_is_one_of_two(desks: Desks, item: Item, outcome: str) -> None:
    form = form_of(decide(desks.heads, item, outcome, opinion="我的意见"))
    assert form.non_field_errors()
    assert form["opinion"].value() == "我的意见"
    assert not Decision.objects.exists()


def test_a_hash_of_something_else_is_refused_and_the_opinion_kept(
    desks: Desks, item: Item
) -> None:
    for seen in ("0" * 64, "x", ""):
        form = form_of(decide(desks.heads, item, content_hash=seen, opinion="同意"))
        assert form.errors
        assert form["opinion"].value() == "同意"
    assert not Decision.objects.exists()


def test_an_approval_of_what_was_changed_meanwhile_is_refused(
    desks: Desks, item: Item
) -> None:
    seen = item.versions.get().content_hash
    drafting.revise(by=desks.clerk, item=item)
    desks.edit(item, title="偷换的题目")
    desks.submit(item)
    form = form_of(decide(desks.heads, item, content_hash=seen))
    assert form.non_field_errors()
    assert not Decision.objects.exists()


def test_a_second_decision_changes_nothing(desks: Desks, item: Item) -> None:
    decide(desks.heads, item)
    second_head = client_of(desks.agency, Role.SECTION_HEAD)
    for client in (desks.heads, second_head):
        answer = decide(client, item, Outcome.RETURNED, opinion="再看")
        assert answer.status_code in {302, 403}
    assert Decision.objects.count() == 1
    assert fresh(item).stage == Stage.IN_REVIEW


def test_a_file_row_tells_what_was_found_in_it(desks: Desks) -> None:
    def hide(book: Any) -> None:
        book.create_sheet("底册").sheet_state = "hidden"

    name = f"{resident_id()}名单.xlsx"
    version = desks.submit(desks.draft([(name, workbook(hide)), ("图.png", PNG)]))
    sheet, picture = desks.heads.get(at("review", version.item)).context["files"]
    assert sheet.finding[1] == "bad"
    # Nobody has read the words in it.
    assert picture.finding[1] == "warn"


def test_an_attachment_must_have_been_opened(desks: Desks) -> None:
    version = desks.submit(desks.draft(FILES))
    item, file = version.item, version.files.get()
    form = form_of(decide(desks.heads, item))
    assert "范围图.pdf" in str(form.non_field_errors())
    address = at("file-open", item, version.number, file.public_id)
    assert desks.heads.get(address).status_code == 405
    answer = desks.heads.post(address)
    assert answer.headers["Location"] == reverse(
        "files:file", args=[file.public_id, file.name]
    )
    assert decide(desks.heads, item).status_code == 302
    assert Opening.objects.get().person_id == desks.head.person_id


def test_a_file_of_another_version_is_not_opened_here(desks: Desks) -> None:
    version = desks.submit(desks.draft(FILES))
    elsewhere = desks.submit(desks.draft(FILES)).files.get()
    for number, public_id in (
        (version.number, elsewhere.public_id),
        (99, version.files.get().public_id),
    ):
        address = at("file-open", version.item, number, public_id)
        assert desks.heads.post(address).status_code == 404
    assert not Opening.objects.exists()


@pytest.fixture
def pointed_at(desks: Desks) -> Version:
    return desks.submit(desks.draft(body=f"<p>{resident_id()}</p>"))


def explain(client: Client, version: Version, reason: str) -> Any:
    finding = version.findings.filter(is_serious=True)[0]
    form = {f"reason-{finding.pk}": reason, "opinion": "待定的意见"}
    return client.post(at("finding-explain", version.item, finding.pk), form)


def test_a_finding_stops_the_approval_until_a_reason_is_given(
    desks: Desks, pointed_at: Version
) -> None:
    item = pointed_at.item
    assert form_of(decide(desks.heads, item)).non_field_errors()
    form_of(explain(desks.heads, pointed_at, " "))
    answer = explain(desks.heads, pointed_at, "系公开的统一格式示例")
    assert answer.headers["Location"] == f"{at('review', item)}#findings"
    page = desks.heads.get(at("review", item))
    assert page.context["form"]["opinion"].value() == "待定的意见"
    assert decide(desks.heads, item).status_code == 302


def test_who_does_not_decide_gives_no_reason(desks: Desks, pointed_at: Version) -> None:
    assert explain(desks.clerks, pointed_at, "没问题").status_code == 403
    assert explain(desks.secrecys, pointed_at, "没问题").status_code == 403
    assert explain(desks.outsiders, pointed_at, "没问题").status_code == 404
    assert not pointed_at.findings.filter(explanation__isnull=False).exists()


def test_only_who_holds_the_steps_post_may_decide(desks: Desks, item: Item) -> None:
    assert desks.clerks.get(at("review", item)).status_code == 403
    assert decide(desks.clerks, item).status_code == 403
    assert decide(desks.secrecys, item).status_code == 403
    assert decide(desks.administrators, item).status_code == 403
    assert decide(desks.outsiders, item).status_code == 404
    assert not Decision.objects.exists()


def test_where_nothing_waits_one_is_sent_to_the_record(desks: Desks) -> None:
    item = desks.draft()
    answer = desks.heads.get(at("review", item))
    assert answer.headers["Location"] == at("item", item)


def test_a_body_that_is_asked_for_consent_sees_that_item_only(desks: Desks) -> None:
    from gongkai.agencies.scope import SYSTEM
    from gongkai.items.choices import StepKind
    from gongkai.items.services.setting_up import STANDARD_FLOW, WantedStep, set_flow

    consent = WantedStep(StepKind.CONSENT, Role.LEADER, desks.other)
    set_flow(by=SYSTEM, agency=desks.agency, steps=[consent, *STANDARD_FLOW])
    asked = desks.submit(desks.draft(title="征求意见")).item
    unasked = desks.draft(title="不征求")
    leader = client_of(desks.other, Role.LEADER)
    assert leader.get(at("review", asked)).status_code == 200
    assert leader.get(at("item", unasked)).status_code == 404
    decide(leader, asked)
    assert leader.get(at("item", asked)).status_code == 404
    assert fresh(asked).versions.get().steps.get(position=1).is_current


def test_the_page_costs_no_more_queries_for_many_findings_and_files(
    desks: Desks, django_assert_max_num_queries: Any
) -> None:
    body = "".join(f"<p>{n}：{resident_id()}</p>" for n in range(9))
    files = [(f"{n}.pdf", pdf([str(n)])) for n in range(9)]
    item = desks.submit(desks.draft(files, body=body)).item
    client = signed_in(desks.head)
    client.get(at("review", item))
    with django_assert_max_num_queries(28):
        client.get(at("review", item))
