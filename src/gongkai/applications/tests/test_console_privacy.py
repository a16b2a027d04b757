"""Personal data in no log, address, session or audit event of the desk's pages."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from gongkai.applications.models import Case
from gongkai.applications.tests.desks import FIND, LIST, NEW, at, clerk_of, do
from gongkai.applications.tests.factories import Desk
from gongkai.audit.models import Event

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
