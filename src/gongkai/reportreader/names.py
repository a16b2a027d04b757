"""What a name tells of itself: an organ's or not, in full or not, of which place."""

import re
from functools import lru_cache

from gongkai.reportreader.wordlists import any_of, mapping, words

LEVELS = ("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道", "苏木")
_LEVEL = "省|自治区|自治州|自治县|自治旗|地区|市|县|区|旗|州|盟|镇|乡|街道|苏木"
_HAN = "[\u4e00-\u9fff·]"
# A word of level that begins an organ's own field: 市场监管, 区域合作, 乡村振兴.
_FIELDS = (
    "市(?:场|容|政(?![府务协法])|民(?:中心|卡))|区(?:域|划|块)|乡村|省(?:级|际)|县域"
)
_BARE_LEVEL = re.compile(rf"(?!{_FIELDS})(?:{_LEVEL})")
_NATION = re.compile(
    "国家|国务院|中华人民共和国|中国|全国|海关总署|审计署|(?:外交|国防|教育|科学技术|"
    "工业和信息化|公安|民政|司法|财政|人力资源和社会保障|自然资源|生态环境|环境保护|"
    "住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|"
    "应急管理|国土资源|铁道|卫生)部$"
)
_STEM = re.compile(rf"{_HAN}{{1,14}}?(?:{_LEVEL})")
ADDRESS = re.compile(
    r"(?:https?: ?/ ?/ ?)?(?:www ?\. ?)?(?<![A-Za-z0-9-])[A-Za-z0-9][A-Za-z0-9-]{0,40}"
    r"(?: ?\. ?[A-Za-z0-9-]{1,30}){0,3} ?\. ?"
    r"(?:com|net|cn|org|cc|vip|top|xyz|info|biz|tv|app|io|co|club|site|online|shop|"
    r"link|live|bet|me|la|hk|tw|ph|us)(?![A-Za-z])/?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('organs', 'endings'))})$")


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(words("organs", "not_places"))


@lru_cache(maxsize=4096)
def place_of(name: str) -> str:
    """The places that a name begins with: 淄博市张店区 of 淄博市张店区商务局."""
    end = _province_end(name)
    while found := _next_place(name, end):
        end = found
    return name[:end]


_ZONES = frozenset({"开发区", "高新区", "经开区", "示范区", "试验区", "风景区", "城区"})
_LEVEL_CHARS = "市县区旗州盟镇乡"
# Places whose own name begins with a word of level: 镇江市, 乡宁县, 某市市中区.
_ODD_PLACE = re.compile(f"[镇乡]{_HAN}{{1,2}}(?:市|县|区)|市[中南北]区")
_NO_STEM = re.compile(
    "^[我该各其在由及并为使让被按据年]|[局厅署委办]|政府|城乡|乡镇|社区|的|等"
    "|(?:住房|建设|规划|管理|和|与)城[市镇]"
)


def _next_place(name: str, start: int) -> int:
    """Where the shortest place from ``start`` on ends; 0 where there is none."""
    odd = _ODD_PLACE.match(name, start)
    if odd:
        return odd.end()
    if _BARE_LEVEL.match(name, start):
        return 0
    for level in re.finditer(_LEVEL, name[start : start + 16]):
        end = start + level.end()
        stem = name[start:end]
        # Provinces are known by name: 发挥省管局 names none.
        if level[0] == "省" or _NO_STEM.search(stem):
            return 0
        if _ends_a_place(stem, level[0], name[end:], within=bool(start)):
            return end
    return 0


def _ends_a_place(stem: str, level: str, rest: str, *, within: bool) -> bool:
    if len(stem) == len(level) or rest.startswith("场监"):
        return False
    if stem in _not_places() and not (within and stem in _ZONES):
        return False
    # 杭州 of 杭州市, 沙市 of 沙市区: the name goes on.
    goes_on = rest[:1] and rest[0] in _LEVEL_CHARS
    return not goes_on or bool(re.match(_FIELDS, rest) or _ODD_PLACE.match(rest))


def _province_end(name: str) -> int:
    for province in words("organs", "provinces"):
        if name.startswith(province):
            rest = name[len(province) :]
            if re.match("[州县区]", rest):  # 海南州, 河南县
                return 0
            ending = re.match("(?:维吾尔|壮族|回族)?自治区|特别行政区|省|市", rest)
            return len(province) + (ending.end() if ending else 0)
    return 0


def is_place(name: str) -> bool:
    return (
        bool(name)
        and place_of(name) == name
        and name not in words("organs", "provinces")
    )


def level_of(place: str) -> str:
    """The level of the last place in the name, in one word: 县 of 某某自治县."""
    for level in LEVELS:
        if place.endswith(level):
            return level
    return ""


def has_ending(name: str) -> bool:
    return len(name) >= 2 and _ending().search(name) is not None


def is_organ(name: str) -> bool:
    """Whether a name could be an organ's, in full, short or only by its place."""
    if not 2 <= len(name) <= 45 or re.search(r"[^\u4e00-\u9fff·()A-Z0-9〇]", name):
        return False
    return bool(re.search(_HAN, name)) and (has_ending(name) or is_place(name))


def is_full(name: str) -> bool:
    """Whether an organ's name says which one it is wherever it is read."""
    return is_organ(name) and bool(place_of(name) or _NATION.match(name))


def bare_level(name: str) -> str:
    """The word of level that stands in front without a place: 市 of 市教育局."""
    found = _BARE_LEVEL.match(name)
    return found[0] if found else ""


def is_government(name: str) -> bool:
    """Whether what is told of the whole place is told of this body."""
    return is_place(name) or name.endswith("政府")


def is_department(name: str) -> bool:
    """Whether a full name is of an organ under a government, not of its own office."""
    if is_place(name) or principal_of(name):
        return False
    return not re.search("政府(?:办公室|办公厅)?$|信息中心$", name)


_OFFICE = re.compile(
    "(?P<of>.+?)(?:(?:人民)?政府(?:办公室|办公厅|办)"
    "|(?:政务公开|政府信息公开)(?:工作)?(?:领导小组)?(?:办公室|办))$"
)


def principal_of(name: str) -> str:
    """The government for which an office signs: 某县人民政府 of its 办公室, else ""."""
    office = _OFFICE.match(name)
    if not office or not is_place(office["of"]):
        return ""
    return government_of(office["of"])


def government_of(place: str) -> str:
    """The organ that governs a place."""
    if place.endswith("街道"):
        return place + "办事处"
    if re.search(
        "(?:开发区|高新区|新区|园区|示范区|试验区|保护区|风景区|管理区)$", place
    ):
        return place + "管理委员会"
    if place.endswith("地区"):
        return place + "行政公署"
    return place + "人民政府"


def official(name: str) -> str:
    """The name written out: places as their governments, common short forms in full."""
    if is_place(name):
        return government_of(name)
    name = re.sub("(?<!人民)政府$", "人民政府", name) if place_of(name) else name
    if re.search("街道办$", name):
        return name + "事处"
    place = place_of(name) or bare_level(name)
    rest = name[len(place) :]
    return place + mapping("organs", "short_forms").get(rest, rest)


def shortens(short: str, full: str) -> bool:
    """Whether ``short`` keeps letters of ``full`` in their order, first and last.

    省管局 shortens 安徽省机关事务管理局, 市移民局 shortens 市水库和生态移民局.
    """
    if len(short) >= len(full) or not has_ending(full):
        return False
    if _kind(short) != _kind(full):
        return False
    level, place = bare_level(short), place_of(full)
    if level and place and level_of(place) != level_of(level):
        return False
    rest = iter(full)
    return all(char in rest for char in short)


def _kind(name: str) -> str:
    """The last letter that counts: 委 and 委员会 are one kind, 办 and 办公室 too."""
    for ending, kind in (("委员会", "委"), ("办公室", "办"), ("办公厅", "办")):
        if name.endswith(ending):
            return kind
    return name[-1:]
