import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.items.choices import Attribute, Stage
from gongkai.items.models import FlowStep
from gongkai.items.tests.desks import Desks, at, form_of, fresh
from gongkai.items.tests.samples import resident_id, word, workbook

pytestmark = pytest.mark.django_db


def test_the_page_says_what_is_missing_and_does_not_hand_in(desks: Desks) -> None:
    item = desks.draft(title="", column=None)
    answer = desks.clerks.get(at("submit", item))
    assert len(answer.context["missing"]) == 2
    revision = fresh(item).draft.revision
    form = form_of(desks.clerks.post(at("submit", item), {"revision": revision}))
    assert len(form.non_field_errors()) == 2
    assert fresh(item).stage == Stage.DRAFT


def test_the_page_points_at_what_a_tired_reader_misses(desks: Desks) -> None:
    def hide(book):  # type: ignore[no-untyped-def]
        book.create_sheet("底稿").sheet_state = "hidden"

    item = desks.draft([("明细.xlsx", workbook(hide))], body=f"<p>{resident_id()}</p>")
    answer = desks.clerks.get(at("submit", item))
    places = {hint.where for hint in answer.context["serious"]}
    assert len(places) >= 2
    assert any("明细.xlsx" in place for place in places)
    hints = answer.content.decode().split('id="hints"')[1]
    assert resident_id() not in hints


def test_handing_in_makes_the_first_version_wait(desks: Desks) -> None:
    item = desks.draft()
    form = {"revision": fresh(item).draft.revision}
    answer = desks.clerks.post(at("submit", item), form)
    assert answer.headers["Location"] == at("item", item)
    assert fresh(item).stage == Stage.IN_REVIEW
    version = fresh(item).versions.get()
    assert (version.number, version.steps.filter(is_current=True).count()) == (1, 1)


def test_a_second_press_makes_no_second_version(desks: Desks) -> None:
    item = desks.draft()
    form = {"revision": fresh(item).draft.revision}
    for _each in range(2):
        answer = desks.clerks.post(at("submit", item), form)
        assert answer.headers["Location"] == at("item", item)
    assert fresh(item).versions.count() == 1


def test_what_was_changed_since_it_was_looked_at_is_not_handed_in(
    desks: Desks,
) -> None:
    item = desks.draft()
    seen = {"revision": fresh(item).draft.revision}
    desks.edit(item, title="同事改过")
    form = form_of(desks.clerks.post(at("submit", item), seen))
    assert form.non_field_errors()
    assert fresh(item).stage == Stage.DRAFT
    assert form_of(desks.clerks.post(at("submit", item), {"revision": "x"})).errors


def test_a_closed_attribute_needs_its_ground_and_reason(desks: Desks) -> None:
    item = desks.draft(attribute=Attribute.WITHHELD)
    assert len(desks.clerks.get(at("submit", item)).context["missing"]) == 2
    desks.edit(item, ground="art16_internal", reason="内部事务")
    answer = desks.clerks.get(at("submit", item))
    assert answer.context["missing"] == []
    labels = [step["label"] for step in answer.context["flow"]]
    assert len(labels) == 2 + FlowStep.objects.filter(flow__agency=desks.agency).count()


def test_only_editors_of_the_agency_hand_in(desks: Desks) -> None:
    item = desks.draft()
    form = {"revision": fresh(item).draft.revision}
    assert desks.outsiders.post(at("submit", item), form).status_code == 404
    for role in (Role.LEADER, Role.SECRECY_REVIEWER, Role.ADMINISTRATOR):
        client = client_of(desks.agency, role)
        assert client.post(at("submit", item), form).status_code == 403
    assert fresh(item).stage == Stage.DRAFT


def test_a_word_file_goes_from_upload_to_review(desks: Desks) -> None:
    data = word("^关于春灌的通知", "各乡镇：", "现就春灌工作通知如下。")
    answer = desks.clerks.post(
        reverse("items-console:new"),
        {
            "column": desks.column().pk,
            "kind": "notice",
            "document": SimpleUploadedFile("春灌.docx", data),
        },
    )
    item = desks.agency.items.get()
    assert answer.headers["Location"] == at("edit", item)
    desks.clerks.post(at("submit", item), {"revision": fresh(item).draft.revision})
    assert fresh(item).versions.get().title == "关于春灌的通知"
