from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Channel, StepKind
from gongkai.items.models import FlowStep, Outlet
from gongkai.items.tests.desks import Desks, form_of

pytestmark = pytest.mark.django_db


def page(name: str, desks: Desks) -> str:
    return reverse(f"items-console:{name}", args=[desks.agency.pk])


def rows(*steps: tuple[str, str, object]) -> dict[str, Any]:
    """The formset as a browser sends it."""
    form: dict[str, Any] = {
        "form-TOTAL_FORMS": len(steps) + 2,
        "form-INITIAL_FORMS": 2,
    }
    for number, (kind, role, agency) in enumerate([*steps, ("", "", ""), ("", "", "")]):
        form |= {
            f"form-{number}-kind": kind,
            f"form-{number}-role": role,
            f"form-{number}-agency": agency,
            f"form-{number}-ORDER": number + 1 if kind else "",
        }
    return form


CONTENT = (StepKind.CONTENT, Role.SECTION_HEAD, "")
SECRECY = (StepKind.SECRECY, Role.SECRECY_REVIEWER, "")
SIGN_OFF = (StepKind.SIGN_OFF, Role.LEADER, "")


def flow(desks: Desks) -> list[str]:
    steps = FlowStep.objects.filter(flow__agency=desks.agency)
    return list(steps.values_list("kind", flat=True))


def put(desks: Desks, form: dict[str, Any]) -> Any:
    return desks.administrators.post(page("flow", desks), form)


def test_the_administrator_adds_a_step(desks: Desks) -> None:
    assert put(desks, rows(CONTENT, SECRECY, SIGN_OFF)).status_code == 302
    assert flow(desks) == ["content", "secrecy", "sign_off"]
    assert len(desks.administrators.get(page("flow", desks)).context["steps"]) == 3


def test_the_order_is_the_one_given_and_a_marked_row_goes(desks: Desks) -> None:
    form = rows(CONTENT, SECRECY, SIGN_OFF)
    form |= {"form-0-ORDER": 9, "form-2-DELETE": "on"}
    put(desks, form)
    assert flow(desks) == ["secrecy", "content"]


def test_a_flow_without_a_secrecy_review_is_refused(desks: Desks) -> None:
    answer = put(desks, rows(CONTENT, SIGN_OFF))
    assert answer.status_code == 200
    assert answer.context["refusals"]
    kinds = [form["kind"].value() for form in answer.context["formset"]]
    assert kinds[:2] == ["content", "sign_off"]
    assert flow(desks) == ["content", "secrecy"]


def test_consent_is_of_another_body_and_nothing_else_is(desks: Desks) -> None:
    other = desks.other
    for step in (
        (StepKind.CONSENT, Role.LEADER, ""),
        (StepKind.CONTENT, Role.SECTION_HEAD, other.pk),
        (StepKind.CONSENT, Role.LEADER, desks.agency.pk),
        (StepKind.VOUCHING, Role.LEADER, ""),
        ("content", "administrator", ""),
    ):
        assert put(desks, rows(step, SECRECY)).status_code == 200
    put(desks, rows((StepKind.CONSENT, Role.LEADER, other.pk), SECRECY))
    assert flow(desks) == ["consent", "secrecy"]


def test_others_read_the_flow_or_do_not_find_it(desks: Desks) -> None:
    form = rows(SECRECY)
    assert desks.clerks.get(page("flow", desks)).status_code == 200
    assert desks.clerks.post(page("flow", desks), form).status_code == 403
    assert desks.outsiders.get(page("flow", desks)).status_code == 404
    assert desks.outsiders.post(page("flow", desks), form).status_code == 404
    assert flow(desks) == ["content", "secrecy"]


def add(desks: Desks, **told: object) -> Any:
    form: dict[str, Any] = {"name": "青山发布", "channel": Channel.WECHAT}
    return desks.administrators.post(page("outlets", desks), {**form, **told})


def test_an_outlet_is_added_once(desks: Desks) -> None:
    assert add(desks).status_code == 302
    form = form_of(add(desks))
    assert "青山发布" in str(form.errors["name"])
    assert form["channel"].value() == Channel.WECHAT
    assert desks.agency.outlets.filter(is_own_site=False).count() == 1


def test_an_outlet_needs_a_name_and_a_channel(desks: Desks) -> None:
    for name, wrong in (("name", "  "), ("name", "长" * 99), ("channel", "x")):
        assert set(form_of(add(desks, **{name: wrong})).errors) == {name}
    assert desks.agency.outlets.count() == 1


def retire(outlet: Outlet) -> str:
    return reverse("items-console:outlet-retire", args=[outlet.pk])


def test_an_outlet_is_retired_and_the_own_site_is_not(desks: Desks) -> None:
    add(desks)
    own, other = desks.agency.outlets.order_by("-is_own_site")
    for outlet in (own, other, other):
        answer = desks.administrators.post(retire(outlet))
        assert answer.headers["Location"] == page("outlets", desks)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.retired_on, other.retired_on) == (None, timezone.localdate())


def test_others_do_not_touch_outlets(desks: Desks) -> None:
    own = desks.agency.outlets.get()
    assert desks.clerks.get(page("outlets", desks)).status_code == 200
    assert desks.clerks.post(page("outlets", desks)).status_code == 403
    assert desks.clerks.post(retire(own)).status_code == 403
    assert desks.outsiders.get(page("outlets", desks)).status_code == 404
    assert desks.outsiders.post(retire(own)).status_code == 404
    above = client_of(make_agency(), Role.ADMINISTRATOR)
    assert above.post(retire(own)).status_code == 404


def test_each_field_of_the_flows_table_has_a_name_of_its_own(desks: Desks) -> None:
    shown = desks.administrators.get(page("flow", desks)).content.decode()
    names = ("环节 1", "环节 2", "岗位 1", "顺序 1", "移除 1")
    assert [shown.count(f'aria-label="{name}"') for name in names] == [1] * 5


def test_each_kind_of_work_has_a_flow_of_its_own(desks: Desks) -> None:
    of_replies = reverse("items-console:flow-of", args=[desks.agency.pk, "reply"])
    form = rows(CONTENT, SIGN_OFF) | {"form-INITIAL_FORMS": 0}
    assert desks.administrators.post(of_replies, form).status_code == 302
    steps = FlowStep.objects.filter(flow__agency=desks.agency)
    kinds = steps.filter(flow__subject="reply").values_list("kind", flat=True)
    assert list(kinds) == ["content", "sign_off"]
    kinds = steps.filter(flow__subject="item").values_list("kind", flat=True)
    assert list(kinds) == ["content", "secrecy"]


def test_a_flow_of_replies_needs_a_sign_off(desks: Desks) -> None:
    of_replies = reverse("items-console:flow-of", args=[desks.agency.pk, "reply"])
    form = rows(CONTENT, SECRECY) | {"form-INITIAL_FORMS": 0}
    answer = desks.administrators.post(of_replies, form)
    assert answer.status_code == 200 and answer.context["refusals"]
    assert not FlowStep.objects.filter(flow__subject="reply").exists()


def test_there_is_no_flow_of_unknown_work(desks: Desks) -> None:
    unknown = reverse("items-console:flow-of", args=[desks.agency.pk, "lunch"])
    assert desks.administrators.get(unknown).status_code == 404
