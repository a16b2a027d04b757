"""Nothing that an applicant types or uploads stands anywhere in the open."""

import logging

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.models import Case
from gongkai.applications.persons import open_case
from gongkai.applications.tests.filing import SUBJECT, Visitor
from gongkai.applications.tests.stored import everything_stored, holds
from gongkai.registry.outbox import run_next

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "11010519491231002X"
PLANTED = {
    "name": "暗香疏影甲",
    "identity_no": NUMBER,
    "phone": "13912345678",
    "email": "anxiang-yi@example.org",
    "address": "暗香疏影丙路 7 号",
    "postcode": "654321",
    "agent_name": "暗香疏影丁",
    "agent_identity_no": "AGENT-998877",
    "doc_no": "暗香〔2024〕戊号",
    "description": "暗香疏影己的描述",
    "file name": "暗香疏影庚.txt",
    "file text": "暗香疏影辛的正文",
    "correction": "暗香疏影壬的补正",
}


def file_it(visitor: Visitor) -> None:
    contact = ("phone", "email", "address", "postcode")
    visitor.fill(
        matter={name: PLANTED[name] for name in ("doc_no", "description")},
        identity={name: PLANTED[name] for name in ("name", "identity_no")},
        agent={
            "has_agent": "yes",
            "agent_name": PLANTED["agent_name"],
            "agent_identity_no": PLANTED["agent_identity_no"],
        },
        contact={name: PLANTED[name] for name in contact},
    )
    text = PLANTED["file text"].encode()
    upload = SimpleUploadedFile(PLANTED["file name"], text)
    visitor.post("files", kind="attachment", files=upload)


def test_what_was_typed_is_nowhere_in_the_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = Visitor(make_agency("霜桥县林业局", slug="shuangqiao-linye"))
    file_it(visitor)
    while_typed = everything_stored()
    assert visitor.send().status_code == 302
    case = Case.objects.get()
    assert open_case(case).applicant.agent_name == PLANTED["agent_name"]
    case_url = reverse("applications:case", args=[case.number])
    code = open_case(case).query_code
    visitor.client.post(
        reverse("applications:query"), {"number": case.number, "code": code}
    )
    assert visitor.client.get(case_url).status_code == 200
    while run_next("test"):
        pass
    assert mail.outbox
    sent = "\n".join(f"{one.subject}\n{one.body}" for one in mail.outbox)
    told = {
        "a draft": while_typed,
        "the database and the files": everything_stored(),
        "the logs": caplog.text.encode(),
        "the mails": sent.encode(),
    }
    found = [
        (place, name)
        for place, held in told.items()
        for name, value in {**PLANTED, "query code": code}.items()
        if holds(held, value)
    ]
    assert found == []
    # What lists show is kept in the clear: the search above does find such words.
    assert SUBJECT.encode() in told["the database and the files"]


def test_no_address_of_the_form_holds_what_was_typed() -> None:
    visitor = Visitor(make_agency())
    seen: list[str] = []
    post = visitor.post

    def follow(page: str, /, *args: object, **data: object) -> object:
        answer = post(page, *args, **data)
        seen.append(answer.headers.get("Location", ""))
        return answer

    visitor.post = follow  # type: ignore[method-assign]
    file_it(visitor)
    visitor.send()
    assert all(seen)
    for value in PLANTED.values():
        assert not [address for address in seen if value in address]
