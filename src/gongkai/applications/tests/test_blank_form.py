"""The form on paper: the page and the Word file say the same."""

import io
import re
from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications import blankform
from gongkai.applications.choices import ApplicantKind, Manner, Route

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Agency:
    return make_agency(
        "霜桥县人民政府", slug="shuangqiao", address="中山路1号", phone="0999-1234567"
    )


def file_of(client: Client) -> Any:
    answer = client.get(reverse("applications:form-docx", args=["shuangqiao"]))
    assert "attachment" in answer.headers["Content-Disposition"]
    return docx.Document(io.BytesIO(answer.content))


def words_of(document: Any) -> list[str]:
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return [line for text in lines for line in text.split("\n") if line]


def test_the_word_file_names_the_body_and_asks_what_the_law_asks(
    client: Client, county: Agency
) -> None:
    words = words_of(file_of(client))
    assert words[0] == "政府信息公开申请表"
    assert "受理机关：霜桥县人民政府" in words
    told = "".join(words)
    labels = [*ApplicantKind.labels[1:], *Manner.labels, *Route.labels]
    for label in (*map(str, labels), "中山路1号", "0999-1234567", "身份证明复印件"):
        assert label in told


def test_page_and_file_hold_the_same_lines(client: Client, county: Agency) -> None:
    page = client.get(reverse("applications:form", args=["shuangqiao"])).text
    shown = re.sub(r"\s", "", strip_tags(page))
    for line in words_of(file_of(client)):
        assert re.sub(r"[\s＿]", "", line) in shown, line


def test_the_pages_of_applying_lead_to_the_file(client: Client, county: Agency) -> None:
    address = reverse("applications:form-docx", args=["shuangqiao"])
    for name in ("form", "start"):
        page = client.get(reverse(f"applications:{name}", args=["shuangqiao"]))
        assert f'href="{address}"' in page.text


def test_a_dissolved_body_hands_out_no_form(client: Client) -> None:
    make_agency("旧局", slug="jiuju", dissolved_on=date(2020, 1, 1))
    address = reverse("applications:form-docx", args=["jiuju"])
    assert client.get(address).status_code == 404


def test_each_row_has_room_to_write() -> None:
    rows = [row for group in blankform.groups() for row in group.rows]
    assert [row.label for row in rows if row.room > 1] == ["名称", "其他特征描述"]
