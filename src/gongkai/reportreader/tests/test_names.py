"""What a name tells: of which place and level it is, whose office, what it shortens."""

import pytest

from gongkai.reportreader.names import (
    ADDRESS,
    bare_level,
    is_department,
    is_full,
    is_organ,
    is_place,
    level_of,
    official,
    place_of,
    principal_of,
    shortens,
)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("张店区商务局", "张店区"),
        ("淄博市张店区商务局", "淄博市张店区"),
        ("山东省淄博市张店区商务局", "山东省淄博市张店区"),
        ("安徽省机关事务管理局", "安徽省"),
        ("上海市浦东新区教育局", "上海市浦东新区"),
        ("广西壮族自治区林业局", "广西壮族自治区"),
        ("三都水族自治县水务局", "三都水族自治县"),
        ("海南州水利局", "海南州"),
        ("镇江市水利局", "镇江市"),
        ("枣庄市市中区教育局", "枣庄市市中区"),
        ("沙市区民政局", "沙市区"),
        ("云雾县市场监督管理局", "云雾县"),
        ("临溪市市场监督管理局", "临溪市"),
        ("云雾县柳湾镇人民政府", "云雾县柳湾镇"),
        ("云雾县乡村振兴局", "云雾县"),
        ("临溪市城市管理局", "临溪市"),
        ("市教育局", ""),
        ("发挥省管局", ""),
        ("市场监督管理局", ""),
        ("城市管理局", ""),
        ("我市水务局", ""),
        ("住房和城市建设局", ""),
        ("水利部", ""),
    ],
)
def test_place_that_a_name_begins_with(name: str, place: str) -> None:
    assert place_of(name) == place


@pytest.mark.parametrize(
    ("name", "organ", "full"),
    [
        ("云雾县水务局", True, True),
        ("云雾县", True, True),
        ("国家税务总局云雾县税务局", True, True),
        ("水利部", True, True),
        ("市教育局", True, False),
        ("教育局", True, False),
        ("金沙娱乐城", False, False),
        ("安徽", False, False),
        ("www.bet-8888.com", False, False),
        ("云雾县水务局。", False, False),
        ("局", False, False),
        ("云雾县" + "长" * 45 + "局", False, False),
        ("", False, False),
    ],
)
def test_name_is_an_organs_and_says_which(name: str, organ: bool, full: bool) -> None:
    assert is_organ(name) is organ
    assert is_full(name) is full


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("市教育局", "市"),
        ("自治区教育厅", "自治区"),
        ("街道办事处", "街道"),
        ("市场监督管理局", ""),
        ("区域合作局", ""),
        ("市民政局", "市"),
        ("教育局", ""),
    ],
)
def test_level_without_a_place(name: str, level: str) -> None:
    assert bare_level(name) == level


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("安徽省", "省"),
        ("三都水族自治县", "县"),
        ("凉山彝族自治州", "州"),
        ("北桥街道", "街道"),
        ("水务局", ""),
    ],
)
def test_level_of_a_place(place: str, level: str) -> None:
    assert level_of(place) == level


@pytest.mark.parametrize("name", ["我区", "园区", "城乡", "全市", "安徽", "街道", ""])
def test_word_that_only_ends_like_a_place_is_none(name: str) -> None:
    assert not is_place(name)


@pytest.mark.parametrize(
    ("name", "written_out"),
    [
        ("云雾县", "云雾县人民政府"),
        ("云雾县政府", "云雾县人民政府"),
        ("云雾县人民政府", "云雾县人民政府"),
        ("北桥街道", "北桥街道办事处"),
        ("北桥街道办", "北桥街道办事处"),
        ("临溪经济技术开发区", "临溪经济技术开发区管理委员会"),
        ("大兴安岭地区", "大兴安岭地区行政公署"),
        ("临溪市发改委", "临溪市发展和改革委员会"),
        ("市人社局", "市人力资源和社会保障局"),
        ("云雾县水务局", "云雾县水务局"),
    ],
)
def test_official_name(name: str, written_out: str) -> None:
    assert official(name) == written_out


@pytest.mark.parametrize(
    ("office", "government"),
    [
        ("云雾县人民政府办公室", "云雾县人民政府"),
        ("云雾县政府办", "云雾县人民政府"),
        ("安徽省人民政府办公厅", "安徽省人民政府"),
        ("云雾县政务公开领导小组办公室", "云雾县人民政府"),
        ("北桥街道政务公开办公室", "北桥街道办事处"),
        ("云雾县水务局办公室", ""),
        ("云雾县人民政府外事办公室", ""),
        ("市政府办公室", ""),
    ],
)
def test_government_whose_office_it_is(office: str, government: str) -> None:
    assert principal_of(office) == government


@pytest.mark.parametrize(
    ("name", "department"),
    [
        ("云雾县水务局", True),
        ("云雾县", False),
        ("云雾县人民政府", False),
        ("云雾县人民政府办公室", False),
        ("云雾县信息中心", False),
    ],
)
def test_department_is_no_government_and_none_of_its_offices(
    name: str, department: bool
) -> None:
    assert is_department(name) is department


@pytest.mark.parametrize(
    ("short", "full", "so"),
    [
        ("省管局", "安徽省机关事务管理局", True),
        ("市移民局", "六盘水市水库和生态移民局", True),
        ("市发改委", "临溪市发展和改革委员会", True),
        ("区商务局", "张店区商务局", True),
        ("县商务局", "张店区商务局", False),
        ("市商务局", "张店区商务局", False),
        ("区商务委", "张店区商务局", False),
        ("区教育局", "张店区商务局", False),
        ("张店区商务局", "张店区商务局", False),
        ("区商网", "张店区商务网", False),
    ],
)
def test_short_name_keeps_letters_in_order_level_and_kind(
    short: str, full: str, so: bool
) -> None:
    assert shortens(short, full) is so


@pytest.mark.parametrize(
    "address",
    [
        "www. 57365.com",
        "http://www.bet-8888.com/",
        "https://a.b.cn",
        "9988ty.net",
        "WWW.9988TY.COM",
    ],
)
def test_address_is_told_from_the_year_behind_it(address: str) -> None:
    found = ADDRESS.match(f"{address}2014年政府信息公开")
    assert found
    assert found[0] == address


def test_no_address_in_plain_words() -> None:
    assert ADDRESS.search("云雾县水务局2014年App公开 WiFi 12345") is None
