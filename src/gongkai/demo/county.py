"""The fictional county of Qinghe: its bodies, its people and their posts."""

from dataclasses import dataclass, field

from stdnum.cn import uscc

from gongkai.agencies.models import AgencyKind
from gongkai.agencies.roles import Role

PASSWORD = "Yangguang-2026"  # noqa: S105 - printed by `make demo`; refused in production


@dataclass(frozen=True)
class Body:
    slug: str
    name: str
    short_name: str
    kind: AgencyKind
    organ: str
    parent: str = ""
    # Agencies with a leader's sign-off as a third step of their flow.
    signs_off: bool = False
    outlets: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """A credit code with a right check character in an area that does not exist."""
        first = f"11990021{self.organ}"
        return first + uscc.calc_check_digit(first)


@dataclass(frozen=True)
class Official:
    username: str
    name: str
    posts: tuple[tuple[str, Role], ...] = field(default=())


BODIES = (
    Body(
        "qinghe",
        "青禾县人民政府",
        "县政府",
        AgencyKind.GOVERNMENT,
        "00330001A",
        outlets=(
            ("青禾县人民政府公报", "gazette"),
            ("青禾发布（微信）", "wechat"),
            ("青禾发布（微博）", "weibo"),
            ("青禾县融媒体中心", "other"),
        ),
    ),
    Body(
        "qinghe-caizheng",
        "青禾县财政局",
        "县财政局",
        AgencyKind.DEPARTMENT,
        "003300028",
        "qinghe",
        signs_off=True,
        outlets=(("青禾财政（微信）", "wechat"),),
    ),
    Body(
        "qinghe-liangshi",
        "青禾县粮食局",
        "县粮食局",
        AgencyKind.DEPARTMENT,
        "003300036",
        "qinghe",
        outlets=(("青禾粮食（微信）", "wechat"), ("局公示栏", "other")),
    ),
    Body(
        "qinghe-shangwu",
        "青禾县商务局",
        "县商务局",
        AgencyKind.DEPARTMENT,
        "003300044",
        "qinghe",
        outlets=(("青禾商务（微博）", "weibo"),),
    ),
    Body(
        "qinghe-liangyou-zhijian",
        "青禾县粮油质量检测中心",
        "粮油质检中心",
        AgencyKind.INSTITUTION,
        "003300052",
        "qinghe-liangshi",
    ),
    Body(
        "qinghe-liuxi",
        "青禾县柳溪镇人民政府",
        "柳溪镇",
        AgencyKind.TOWNSHIP,
        "003300060",
        "qinghe",
        outlets=(("柳溪镇政务公开栏", "other"),),
    ),
    Body(
        "qinghe-shiqiao",
        "青禾县石桥乡人民政府",
        "石桥乡",
        AgencyKind.TOWNSHIP,
        "003300079",
        "qinghe",
        outlets=(("石桥乡政务公开栏", "other"),),
    ),
)

COUNTY_OFFICIALS = (
    Official("clerk", "李春禾", (("qinghe", Role.CLERK),)),
    Official("head", "周明远", (("qinghe", Role.SECTION_HEAD),)),
    Official("secrecy", "何守静", (("qinghe", Role.SECRECY_REVIEWER),)),
    Official("leader", "陈立群", (("qinghe", Role.LEADER),)),
    Official("ogi", "吴晓岚", (("qinghe", Role.OGI_OFFICE),)),
    Official("inspector", "郑直", (("qinghe", Role.INSPECTOR),)),
    Official("admin", "孙维", (("qinghe", Role.ADMINISTRATOR),)),
)
"""One for each post; `make demo` prints these."""

_NAMES = {
    "qinghe-caizheng": ("钱谷丰", "冯算清", "褚慎言", "卫思齐"),
    "qinghe-liangshi": ("蒋仓实", "沈稻香", "韩守口", "杨平准"),
    "qinghe-shangwu": ("朱贸通", "秦市易", "尤谨行", "许开源"),
    "qinghe-liangyou-zhijian": ("何验真", "吕衡量", "施密密", "张检"),
    "qinghe-liuxi": ("孔柳青", "曹溪生", "严把关", "华镇"),
    "qinghe-shiqiao": ("金石开", "魏桥", "陶慎微", "姜乡"),
}
_ROLES = (
    ("clerk", Role.CLERK),
    ("head", Role.SECTION_HEAD),
    ("secrecy", Role.SECRECY_REVIEWER),
    ("leader", Role.LEADER),
)


def officials() -> list[Official]:
    """Everybody in the county, the printed ones first."""
    others = [
        Official(f"{slug.removeprefix('qinghe-')}-{short}", name, ((slug, role),))
        for slug, names in _NAMES.items()
        for name, (short, role) in zip(names, _ROLES, strict=True)
    ]
    # One person, posts in two bodies: the county's secrecy reviewer helps a township.
    busy = Official("duoshi", "万事忙", _BUSY)
    return [*COUNTY_OFFICIALS, *others, busy]


_BUSY = tuple(
    (body.slug, role)
    for body, role in (
        (BODIES[0], Role.CLERK),
        (BODIES[1], Role.CLERK),
        (BODIES[2], Role.CLERK),
        (BODIES[3], Role.SECTION_HEAD),
        (BODIES[4], Role.CLERK),
        (BODIES[5], Role.SECRECY_REVIEWER),
        (BODIES[5], Role.LEADER),
        (BODIES[6], Role.SECRECY_REVIEWER),
        (BODIES[6], Role.INSPECTOR),
    )
)
