"""Personal data in no log, address, session or audit event of the desk's pages."""

import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.applications.models import Case
from gongkai.applications.tests.desks import FIND, LIST, NEW, at, clerk_of, do, head_of
from gongkai.applications.tests.factories import PDF, Desk
from gongkai.applications.tests.stored import everything_stored, holds
from gongkai.audit.models import Event
from gongkai.registry.outbox import run_next

pytestmark = pytest.mark.django_db

NAME, NUMBER, PHONE, WORDS = "欧阳栖迟", "35012119900307451X", "13599887766", "栖迟自述"


def test_a_walk_over_the_pages_leaves_no_trace_of_the_person(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk()
    clerk, day = clerk_of(desk), timezone.localdate().isoformat()
    told = {
        "step": "register",
        "once": "token",
        "channel": "in_person",
        "received_on": day,
        "kind": "natural_person",
        "name": NAME,
        "identity_no": NUMBER,
        "phone": PHONE,
        "matter0-subject": "征地补偿",
        "matter0-description": WORDS,
    }
    addresses = [clerk.post(NEW, told).headers["Location"]]
    case = Case.objects.get()
    addresses.append(clerk.post(FIND, {"applicant": NAME}).headers["Location"])
    clerk.get(addresses[-1])
    clerk.get(at("receipt", case))
    clerk.post(at("show", case))
    do(clerk, case, "take_up")
    text = f"{NAME}请写明年度"
    addresses.append(
        do(clerk, case, "ask_reasons", on=day, text=text).headers["Location"]
    )
    pages = [clerk.get(url).content.decode() for url in (LIST, "/console/")]
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    events = [event.data for event in Event.objects.all()]
    for secret in (NAME, NUMBER, PHONE, WORDS):
        assert secret not in caplog.text
        for place in (*addresses, *pages, *kept, *events):
            assert secret not in place


PLANTED = {
    "consulted": "寒潭雁影甲公司",
    "contact": "寒潭雁影乙路 9 号",
    "question": "寒潭雁影丙问",
    "opinion": "寒潭雁影丁意见",
    "override": "寒潭雁影戊公益",
    "section asked": "寒潭雁影己请",
    "section answered": "寒潭雁影庚复",
    "correction asked": "寒潭雁影辛补",
    "corrected": "寒潭雁影壬改",
    "extension": "寒潭雁影癸延",
    "reply file": "寒潭雁影子.pdf",
    "reply note": "寒潭雁影丑注",
    "typed in vain": "寒潭雁影寅误",
}


@pytest.mark.django_db(transaction=True)
def test_what_the_desk_types_about_a_case_is_nowhere_in_the_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Consultations, notes, letters, co-handling, replies: all through the pages."""
    caplog.set_level(logging.DEBUG)
    desk, told = Desk(), PLANTED
    clerk, head, day = clerk_of(desk), head_of(desk), timezone.localdate()
    case = desk.case(received_on=day)
    until = day + timedelta(days=9)
    consulting = {"party": told["consulted"], "contact": told["contact"]}
    opinion: dict[str, object] = {"answer": "refuses", "text": told["opinion"]}
    reply = SimpleUploadedFile(told["reply file"], PDF)
    steps: list[tuple[Client, str, dict[str, object]]] = [
        (clerk, "ask_correction", {"text": told["correction asked"], "until": until}),
        (clerk, "receive_correction", {"text": told["corrected"]}),
        (clerk, "ask_section", {"section": "法规科", "text": told["section asked"]}),
        (
            clerk,
            "answer_section",
            {"co_handling": 0, "text": told["section answered"]},
        ),
        (clerk, "consult_third_party", {**consulting, "text": told["question"]}),
        (clerk, "third_party_opinion", opinion),
        (head, "override", {"text": told["override"]}),
        (head, "extend", {"days": 5, "text": told["extension"]}),
        (clerk, "reply", {"result": "X", "text": told["typed in vain"]}),
        (clerk, "reply", {"result": "R1", "reply": reply, "text": told["reply note"]}),
    ]
    for client, act, typed in steps:
        if act == "answer_section":
            typed["co_handling"] = case.co_handlings.get().pk
        done = do(client, case, act, on=day.isoformat(), **typed)
        assert done.status_code == (200 if typed.get("result") == "X" else 302), act
    for notice in case.notices.all():
        assert clerk.get(at("letter", case, notice.pk)).status_code == 200
    while run_next("test"):
        pass
    kept, logs = everything_stored(), caplog.text.encode()
    found = [
        name for name, value in told.items() if holds(kept, value) or holds(logs, value)
    ]
    assert found == []
    assert holds(kept, "法规科")
