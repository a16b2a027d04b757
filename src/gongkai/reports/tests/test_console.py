"""The reports' pages of the console, as clerks, readers and strangers meet them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, said
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.tests.desks import Desks
from gongkai.registry.models import StoredFile
from gongkai.reports.models import Claim, Reading, Verdict
from gongkai.reports.services import judging
from gongkai.reports.tests.factories import (
    YEAR,
    accepted_report,
    form_table,
    published_report,
    text_of,
    upload,
)

pytestmark = pytest.mark.django_db

LIST = reverse("reports-console:list")
NEW = reverse("reports-console:new")
COMPARE = reverse("reports-console:compare")
CORRECTIONS = reverse("reports-console:corrections")


@pytest.fixture
def county() -> Agency:
    return make_agency("霜桥县人民政府")


@pytest.fixture
def desks(county: Agency) -> Desks:
    return Desks(make_agency("霜桥县林业局", parent=county))


def at(name: str, reading: Reading, *more: int) -> str:
    return reverse(f"reports-console:{name}", args=[reading.pk, *more])


def send(desks: Desks, data: bytes, name: str = "年报.txt") -> object:
    file = SimpleUploadedFile(name, data)
    return desks.clerks.post(NEW, {"agency": desks.agency.slug, "uploads": [file]})


def with_form(desks: Desks) -> str:
    """A report with the form of its year, whose figures fill several pages."""
    rows = [" | ".join(row) for row in form_table(proactive_total=320)]
    return "\n".join([text_of(desks.agency.name), *rows])


def claim(reading: Reading, indicator: str) -> Claim:
    return reading.claims.get(indicator=indicator)


def test_an_uploaded_report_opens_with_its_figures_marked(desks: Desks) -> None:
    answer = send(desks, text_of(desks.agency.name).encode())
    reading = Reading.objects.get()
    assert answer.headers["Location"] == reading.get_absolute_url()  # type: ignore[attr-defined]
    page = desks.clerks.get(reading.get_absolute_url()).content.decode()
    one = claim(reading, "proactive_total")
    assert f'id="quote-{one.pk}"' in page
    assert f'href="#claim-{one.pk}"' in page
    assert f'href="#quote-{one.pk}"' in page


def test_a_mark_leads_to_its_figure_also_on_another_page(desks: Desks) -> None:
    reading = upload(desks, with_form(desks))
    last = reading.claims.order_by("-position", "-pk")[0]
    page = desks.clerks.get(reading.get_absolute_url(), {"show": "prose"})
    assert last.pk not in [row.claim.pk for row in page.context["claims"]]
    address = f"?claim={last.pk}&amp;part=1#claim-{last.pk}"
    assert f'href="{address}"' in page.content.decode()
    there = desks.clerks.get(reading.get_absolute_url(), {"claim": last.pk})
    assert last.pk in [row.claim.pk for row in there.context["claims"]]


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "²"])
def test_a_figure_that_is_not_there_shows_the_first_page(
    desks: Desks, asked: str
) -> None:
    page = desks.clerks.get(upload(desks).get_absolute_url(), {"claim": asked})
    assert page.context["page_obj"].number == 1


def test_an_unreadable_upload_says_why_and_keeps_nothing(desks: Desks) -> None:
    answer = send(desks, b"\x00\x01" * 40, "a.bin")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert "文件不是文字" in answer.content.decode()  # type: ignore[attr-defined]
    assert not Reading.objects.exists()


def test_the_same_file_again_leads_to_its_reading(desks: Desks) -> None:
    data = text_of(desks.agency.name).encode()
    send(desks, data)
    answer = send(desks, data, "同一份.txt")
    assert Reading.objects.count() == 1
    assert answer.headers["Location"] == Reading.objects.get().get_absolute_url()  # type: ignore[attr-defined]
    assert "同一份" not in Reading.objects.get().name
    assert len(said(answer)) == 2  # was read; was read before


def test_a_published_report_is_picked_once(desks: Desks) -> None:
    item = published_report(desks)
    listed = desks.clerks.get(NEW).context["page_obj"].object_list
    assert [one.pk for one in listed] == [item.pk]
    desks.clerks.post(reverse("reports-console:pick", args=[item.pk]))
    assert Reading.objects.get().item == item
    assert not desks.clerks.get(NEW).context["page_obj"].object_list


def test_nobody_picks_another_bodys_report(desks: Desks) -> None:
    item = published_report(desks)
    answer = desks.outsiders.post(reverse("reports-console:pick", args=[item.pk]))
    assert answer.status_code == 404
    assert not Reading.objects.exists()


def test_a_click_accepts_and_leads_to_the_next(desks: Desks) -> None:
    reading = upload(desks)
    first, second, *_rest = reading.claims.all()
    address = at("claim", reading, first.pk)
    answer = desks.clerks.post(address, {"verdict": "accept"})
    assert answer.headers["Location"].endswith(f"#claim-{second.pk}")
    first.refresh_from_db()
    assert first.verdict == Verdict.ACCEPTED
    assert first.decided_by_id == desks.clerk.user_id


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("1,321", Verdict.CORRECTED), ("１３２１", Verdict.CORRECTED), ("x", "")],
)
def test_a_correction_is_typed_by_name_and_number(
    desks: Desks, typed: str, verdict: str
) -> None:
    reading = upload(desks)
    one = claim(reading, "proactive_total")
    told = {"verdict": "correct", "indicator": one.name, "value": typed}
    answer = desks.clerks.post(at("claim", reading, one.pk), told)
    one.refresh_from_db()
    assert one.verdict == verdict
    assert one.expected_value == (1321 if verdict else None)
    assert bool(said(answer)) == (not verdict)


def test_a_missed_figure_is_added_with_its_words(desks: Desks) -> None:
    reading = upload(desks)
    claim(reading, "interpretations").delete()
    name = Claim(indicator="interpretations").name
    told = {"indicator": name, "value": "12", "quote": "政策解读12篇"}
    desks.clerks.post(at("claim-add", reading), told)
    added = claim(reading, "interpretations")
    assert added.verdict == Verdict.ADDED
    assert added.expected_value == 12
    assert reading.text[added.start : added.end] == "政策解读12篇"


@pytest.mark.parametrize("quote", ["没有这句话", "政府信息公开"])
def test_words_that_are_nowhere_or_twice_are_refused(desks: Desks, quote: str) -> None:
    reading = upload(desks)
    before = reading.claims.count()
    told = {"indicator": "interpretations", "value": "1", "quote": quote}
    answer = desks.clerks.post(at("claim-add", reading), told)
    assert quote in answer.context["add_form"].errors["quote"][0]
    assert reading.claims.count() == before


def test_accepting_all_leaves_what_was_decided(desks: Desks) -> None:
    reading = upload(desks)
    judging.reject(by=desks.clerk, claim=claim(reading, "proactive_total"))
    desks.clerks.post(at("accept-all", reading))
    reading.refresh_from_db()
    assert reading.state == Reading.State.CHECKED
    assert claim(reading, "proactive_total").verdict == Verdict.REJECTED
    assert not reading.figures.filter(series="proactive_total").exists()
    assert reading.figures.get(series="applications_received").value == 25


def test_a_finding_gets_a_verdict_with_a_note(desks: Desks) -> None:
    reading = upload(desks, text_of(desks.agency.name, received=26))
    (finding,) = reading.findings.all()
    address = at("finding", reading, finding.pk)
    desks.heads.post(address, {"verdict": "agreed", "note": "已请科室核对"})
    finding.refresh_from_db()
    assert (finding.verdict, finding.note) == ("agreed", "已请科室核对")
    page = desks.clerks.get(reading.get_absolute_url()).content.decode()
    assert "已请科室核对" in page


def test_what_waits_stands_in_the_list_of_things_to_do(desks: Desks) -> None:
    reading = upload(desks)
    home = reverse("console:home")
    assert reading.get_absolute_url() in desks.clerks.get(home).content.decode()
    judging.accept_all(by=desks.clerk, reading=reading)
    assert reading.get_absolute_url() not in desks.clerks.get(home).content.decode()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.OGI_OFFICE])
def test_who_checks_from_above_reads_and_judges_nothing(
    desks: Desks, county: Agency, role: Role
) -> None:
    reading = upload(desks)
    above = client_of(county, role)
    page = above.get(reading.get_absolute_url())
    assert page.status_code == 200
    assert not page.context["may_judge"]
    assert above.post(at("accept-all", reading)).status_code == 403
    assert reading.claims.exclude(verdict="").count() == 0


def test_a_strangers_body_is_not_found(desks: Desks) -> None:
    reading = upload(desks)
    for address in (reading.get_absolute_url(), at("accept-all", reading)):
        assert desks.outsiders.post(address).status_code in {404, 405}
        assert desks.outsiders.get(address).status_code in {404, 405}
    file = reverse("files:file", args=[reading.public_id, reading.name])
    assert desks.outsiders.get(file).status_code == 404
    assert Client().get(file).status_code == 404
    given = desks.clerks.get(file)
    assert given.getvalue().decode() == text_of(desks.agency.name)


def test_filters_and_tabs_stand_in_the_address(desks: Desks, county: Agency) -> None:
    reading = upload(desks)
    other = upload(desks, text_of(desks.agency.name, YEAR - 1), "旧.txt")
    judging.accept_all(by=desks.clerk, reading=other)

    def listed(**query: str) -> list[int]:
        rows = desks.clerks.get(LIST, query).context["rows"]
        return [row.reading.pk for row in rows]

    assert listed() == [other.pk, reading.pk]
    assert listed(year=str(YEAR)) == [reading.pk]
    assert listed(state="checked") == [other.pk]
    assert listed(q="旧.txt") == [other.pk]
    assert listed(agency=desks.agency.slug, state="unreadable") == []


def test_the_list_costs_the_same_for_many_reports(
    desks: Desks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2009, 2016):
        upload(desks, text_of(desks.agency.name, year), f"{year}.txt")
    reading = Reading.objects.all()[0]
    told = {"agency": reading.agency, "added_at": reading.added_at, "year": 2016}
    for number in range(60):
        stored = StoredFile.objects.create(sha256=f"{number}", size=1, media_type="x")
        Reading.objects.create(stored=stored, name=f"{number}.txt", **told)
    desks.clerks.get(LIST)  # the first page after signing in stamps the session
    with django_assert_max_num_queries(16):
        assert len(desks.clerks.get(LIST).context["rows"]) == 50
    assert len(desks.clerks.get(LIST, {"page": "2"}).context["rows"]) == 17


def test_a_report_costs_the_same_for_many_figures(
    desks: Desks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reading = upload(desks)
    Claim.objects.bulk_create(
        Claim(
            reading=reading,
            identity=f"x{number}",
            position=number,
            indicator="meetings",
            value=number,
            quote=reading.text[number : number + 4],
            start=number,
            end=number + 4,
        )
        for number in range(100)
    )
    desks.clerks.get(LIST)
    with django_assert_max_num_queries(15):
        answer = desks.clerks.get(reading.get_absolute_url(), {"show": "all"})
    assert len(answer.context["claims"]) == 40


def test_bodies_are_compared_over_years_in_scope_only(
    desks: Desks, county: Agency
) -> None:
    accepted_report(desks)
    accepted_report(desks, YEAR - 1, published=300)
    accepted_report(Desks(make_agency("霜桥县水利局", parent=county)))
    query = {"indicator": "proactive_total"}
    page = desks.clerks.get(COMPARE, query)
    (line,) = page.context["lines"]
    assert [cell.value for cell in line.cells] == [300, 320]
    above = client_of(county, Role.OGI_OFFICE).get(COMPARE, query)
    assert len(above.context["lines"]) == 2
    text = desks.clerks.get(COMPARE, {**query, "as": "csv"}).getvalue().decode()
    assert text.count("霜桥县林业局") >= 2
    assert "水利局" not in text


def test_corrections_are_kept_as_lines_of_a_test_set(desks: Desks) -> None:
    reading = upload(desks)
    one = claim(reading, "proactive_total")
    told = {"verdict": "correct", "indicator": one.name, "value": "321"}
    desks.clerks.post(at("claim", reading, one.pk), told)
    judging.reject(by=desks.clerk, claim=claim(reading, "litigations"))
    data = desks.clerks.get(CORRECTIONS).getvalue().decode()
    lines = [json.loads(line) for line in data.splitlines()]
    assert len(lines) == 2
    corrected = next(line for line in lines if line["verdict"] == "corrected")
    assert corrected["text_sha256"] == reading.text_sha256
    assert corrected["read"] == {"indicator": "proactive_total", "value": "320"}
    assert corrected["expected"] == {"indicator": "proactive_total", "value": "321"}
    refused = next(line for line in lines if line["verdict"] == "rejected")
    assert refused["expected"] is None
    assert desks.outsiders.get(CORRECTIONS).getvalue() == b""


def test_markup_in_a_report_is_shown_and_not_run(desks: Desks) -> None:
    text = text_of(desks.agency.name).replace("召开", "<script>alert(1)</script>召开")
    page = desks.clerks.get(upload(desks, text).get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
