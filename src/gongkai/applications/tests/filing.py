"""Walking through the online form as a visitor's browser does, for tests."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.applications.tests.factories import PDF

RESIDENT_NO = "350121198511021238"
CREDIT_CODE = "11990021MB00000013"
SUBJECT = "退耕还林补助发放明细"
MATTER = {"subject": SUBJECT, "doc_no": "", "description": "苔岭乡，2024 年度"}
PERSON = {
    "name": "柳青河",
    "identity_kind": "resident_id",
    "identity_no": RESIDENT_NO,
}
CONTACT = {
    "phone": "13800138000",
    "email": "liu@example.org",
    "address": "霜桥县北门路 3 号",
    "postcode": "350100",
}
ORGANISATION = {
    "name": "霜桥县林下经济合作社",
    "identity_kind": "uscc",
    "identity_no": CREDIT_CODE,
    "contact_person": "柳青河",
}


def pdf(name: str = "身份证.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


class Visitor:
    """A browser at the form of one body."""

    def __init__(self, agency: Agency, client: Client | None = None) -> None:
        self.agency, self.client = agency, client or Client()

    def url(self, page: str, *args: object) -> str:
        return reverse(f"applications:{page}", args=[self.agency.slug, *args])

    def get(self, page: str, *args: object) -> Any:
        return self.client.get(self.url(page, *args))

    def post(self, page: str, /, *args: object, **data: Any) -> Any:
        return self.client.post(self.url(page, *args), data)

    def begin(self) -> HttpResponse:
        answer: HttpResponse = self.post("start")
        return answer

    def ask(self, **changes: str) -> None:
        """The matter, with what is published passed over."""
        self.post("matter", 1, **{**MATTER, **changes})
        self.post("matters", more="no")

    def fill(self, kind: str = "natural_person", **changes: Any) -> None:
        """Every page, up to the summary."""
        self.begin()
        self.ask(**changes.get("matter", {}))
        who = PERSON if kind == "natural_person" else ORGANISATION
        self.post("step", "who", kind=kind)
        self.post("step", "identity", **{**who, **changes.get("identity", {})})
        self.post("step", "agent", **{"has_agent": "no", **changes.get("agent", {})})
        self.post("step", "contact", **{**CONTACT, **changes.get("contact", {})})
        self.post("step", "delivery", way=changes.get("way", "paper-post"))
        self.post("files", kind="identity", files=pdf())

    def send(self) -> Any:
        return self.post("check")
