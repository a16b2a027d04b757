"""Reports of others come in as published, vouched items; twice changes nothing."""

import random
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gongkai import search
from gongkai.agencies.models import Agency
from gongkai.audit.models import Event
from gongkai.demo.county import BODIES
from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.reading.text import html_to_text

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

SEEDS = Path(__file__).resolve().parents[5] / "shared" / "seeds"
AGENCIES = {
    "平凉市粮食局": 2017,
    "罗甸县人民政府": 2018,
    "张店区商务局": 2017,
    "六盘水市水库和生态移民局": 2016,
    "安徽省机关事务管理局": 2018,
}

REPORT = """云雾县林业局2016年政府信息公开工作年度报告

索引号: 11990021003300109X/2017-00012 发布日期: 2017-03-15

根据《中华人民共和国政府信息公开条例》，现公布云雾县林业局2016年度政府信息公开工作年度报告。

一、概述

2016年，本局主动公开政府信息215条，其中退耕还林补助兑现情况37条。

二、存在的主要问题

公开的及时性仍需提高。

云雾县林业局
2017年3月10日
"""


def run(*paths: Path) -> str:
    out = StringIO()
    call_command("import_reports", *map(str, paths), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_becomes_a_public_vouched_item(report: Path) -> None:
    run(report)
    item = Item.objects.visible_to_public().get()
    assert item.live is not None
    assert item.agency.name == "云雾县林业局"
    assert item.kind == Kind.ANNUAL_REPORT
    assert str(item.published_on) == "2017-03-15"
    assert item.legacy_index_no == "11990021003300109X/2017-00012"
    assert item.index_no is None
    assert item.live.vouching.source == "report.txt"
    assert "退耕还林补助兑现情况37条" in html_to_text(item.live.body)


def test_running_it_twice_changes_nothing(report: Path) -> None:
    run(report)
    before = (Item.objects.count(), Agency.objects.count(), Event.objects.count())
    assert "此前已导入" in run(report)
    assert before == (
        Item.objects.count(),
        Agency.objects.count(),
        Event.objects.count(),
    )


def test_a_known_agency_keeps_its_place_in_the_tree(report: Path) -> None:
    from gongkai.agencies.tests.factories import make_agency

    county = make_agency()
    bureau = make_agency("云雾县林业局", parent=county)
    run(report)
    assert Item.objects.get().agency == bureau


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, "随便一句话。".encode()])
def test_what_is_no_report_is_named_and_the_others_go_on(
    report: Path, tmp_path: Path, data: bytes
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(data)
    errors = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command(
            "import_reports",
            str(bad),
            str(report),
            stdout=StringIO(),
            stderr=errors,
        )
    assert failed.value.returncode == 2
    assert "bad.txt" in errors.getvalue()
    assert Item.objects.count() == 1


def test_a_missing_file_is_named_with_the_remedy_and_the_others_go_on(
    report: Path, tmp_path: Path
) -> None:
    errors = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command(
            "import_reports",
            str(tmp_path / "缺失.txt"),
            str(tmp_path),
            str(report),
            stdout=StringIO(),
            stderr=errors,
        )
    told = errors.getvalue()
    assert failed.value.returncode == 2
    assert f"{tmp_path / '缺失.txt'}：没有这个文件" in told
    assert f"{tmp_path} 是文件夹" in told
    assert "Errno" not in told
    assert Item.objects.count() == 1


@pytest.fixture
def seeds() -> list[Path]:
    paths = sorted(SEEDS.glob("*.txt"))
    if not paths:
        pytest.skip("the five real reports are not beside this checkout")
    return paths


def test_the_real_reports_come_in_under_their_own_agencies(seeds: list[Path]) -> None:
    run(*seeds)
    made = {
        item.agency.name: item.live.title
        for item in Item.objects.visible_to_public()
        if item.live
    }
    assert made.keys() == AGENCIES.keys()
    for name, year in AGENCIES.items():
        assert str(year) in made[name]
    assert not Agency.objects.filter(slug__in=[body.slug for body in BODIES]).exists()
    zhangdian = Item.objects.get(agency__name="张店区商务局")
    assert zhangdian.legacy_index_no == "11370303004217100M/2018-1375077"
    assert str(zhangdian.published_on) == "2018-03-28"
    before = Event.objects.count()
    run(*seeds)
    assert Event.objects.count() == before


def _phrase(line: str, chance: random.Random) -> str:
    """Eight signs or a few more of the line; no number or Latin word is cut."""
    places = [
        place
        for place in range(len(line) + 1)
        if not re.fullmatch("[0-9A-Za-z.]{2}", line[max(0, place - 1) : place + 1])
    ]
    start = chance.choice([place for place in places if place <= len(line) - 8])
    end = next(place for place in places if place >= start + 8)
    return line[start:end]


def test_any_phrase_of_the_real_reports_finds_them(seeds: list[Path]) -> None:
    run(*seeds)
    chance = random.Random(7)
    for item in Item.objects.visible_to_public().select_related("live"):
        assert item.live is not None
        sentences = [
            line for line in html_to_text(item.live.body).splitlines() if len(line) > 20
        ]
        for line in chance.choices(sentences, k=20):
            phrase = _phrase(line, chance)
            found = search.find(search.Query(text=f'"{phrase}"'))
            assert item.pk in {hit.object_id for hit in found.hits}, phrase


def test_the_real_reports_that_speak_of_relocation_are_found(seeds: list[Path]) -> None:
    run(*seeds)
    told = {
        path.name
        for path in seeds
        if "易地扶贫搬迁" in path.read_text(encoding="utf-8")
    }
    answer = Client().get("/search/", {"q": "易地扶贫搬迁"}).content.decode()
    speaking = Item.objects.filter(live__vouching__source__in=told)
    assert told
    for item in speaking:
        assert item.get_absolute_url() in answer
    for item in Item.objects.exclude(pk__in=speaking):
        assert item.get_absolute_url() not in answer
