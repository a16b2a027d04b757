"""The main pages as people meet them: axe finds nothing, none scrolls sideways.

Each page with a title of 120 characters, a text with a wide table and a picture.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_scope
from gongkai.items.models import Item
from gongkai.items.services import publishing
from gongkai.items.tests import samples
from gongkai.items.tests.factories import Office
from gongkai.statistics.tests.factories import Body

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from gongkai.testing.browser import NewPage

# 720 is 1440 at a zoom of 200 %.
WIDTHS = (1440, 1024, 720, 390)
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")
TITLE = ("关于进一步加强和规范乡镇财政资金监管工作的通知" * 6)[:120]
CELLS = "".join(f"<td>第{number}季度拨付（万元）</td>" for number in range(14))
BODY = f"<p>各乡镇：</p><table><tbody><tr>{CELLS}</tr></tbody></table>"

pytestmark = pytest.mark.django_db(transaction=True)


class House(Office):
    """A county with an item in each state that has a page of its own."""

    def __init__(self) -> None:
        super().__init__(make_agency("霜桥县人民政府", slug="shuangqiao"))
        make_agency("霜桥县林业局", parent=self.agency, slug="no-items")
        files = [(f"附件{number}.pdf", samples.pdf(["x"])) for number in range(4)]
        self.live = self.published(files, title=TITLE, body=BODY)
        self.withdrawn = self.published(title="误发的通知")
        publishing.withdraw(by=self.head, item=self.withdrawn, note="重复发布")
        self.drafted = self.draft(files, title=TITLE, body=BODY)
        number = f"身份证号{samples.resident_id()}"
        waiting = self.draft(files, title=TITLE, body=f"{BODY}<p>{number}</p>")
        self.waiting = self.submit(waiting).item
        self.approved_one = self.approved(title=TITLE)


@pytest.fixture
def house() -> House:
    return House()


def too_wide(page: "Page", paths: Iterable[str]) -> str:
    """Pages that scroll sideways; the page stays at the least width."""
    told = []
    for path in paths:
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            room = page.evaluate("innerWidth - document.documentElement.scrollWidth")
            if room < 0:
                told.append(f"{path} is {-room} px too wide for {width} px")
    return "\n".join(told)


def found_by_axe(page: "Page") -> Iterable[str]:
    from axe_playwright_python.sync_playwright import Axe

    report: Any = Axe().run(page, options={"runOnly": list(WCAG)}).response
    for found in report["violations"]:
        yield f"{page.url}: {found['id']} at {found['nodes'][0]['html'][:120]}"


def problems_on(page: "Page", paths: Iterable[str]) -> str:
    """At every width, and at the least by axe."""
    told = []
    for path in paths:
        told += [too_wide(page, [path]), *found_by_axe(page)]
    return "\n".join(filter(None, told))


def sign_in(page: "Page", who: Scope) -> None:
    page.goto("/account/sign-in/")
    page.fill("[name=username]", User.objects.get(pk=who.user).username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/console/")


def of(item: Item, place: str = "") -> str:
    return f"/console/items/{item.pk}/{place}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_suit_everybody(
    new_page: "NewPage", house: House, scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    paths = [
        "/",
        "/agencies/",
        "/sitemap/",
        "/a/shuangqiao/",
        "/a/shuangqiao/c/plans/",
        "/a/no-items/",
        f"/i/{house.live.index_no}/",
        f"/i/{house.withdrawn.index_no}/",
        "/search/?q=通知",
        "/search/?q=查无此文",
        "/account/sign-in/",
        "/no/such/page/",
        "/account/sign-out/",
    ]
    assert not problems_on(page, paths)
    page.goto("/display/?type=large&next=/agencies/")
    assert not too_wide(page, paths)


def test_the_clerks_pages_suit_everybody(page: "Page", house: House) -> None:
    sign_in(page, house.clerk)
    paths = [
        "/console/",
        "/console/items/",
        "/console/items/new/",
        "/console/search/?q=通知",
        "/account/password/",
        *(of(house.drafted, place) for place in ("", "submit/")),
        *(of(house.live, place) for place in ("", "revise/", "versions/1/")),
        of(house.approved_one),
    ]
    assert not problems_on(page, paths)
    page.goto(of(house.drafted, "edit/"))
    page.wait_for_selector(".prose-menubar [data-name=bold]")
    assert not problems_on(page, [of(house.drafted, "edit/")])


def test_the_reviewers_pages_suit_everybody(page: "Page", house: House) -> None:
    sign_in(page, house.head)
    places = ("review/", "review/?view=data", "review/?view=diff")
    paths = [
        "/console/",
        *(of(house.waiting, place) for place in places),
        of(house.live, "withdraw/"),
        of(house.live, "repeal/"),
        f"/console/figures/shuangqiao/{timezone.localdate().year}/",
        "/console/figures/shuangqiao/2017/",
    ]
    assert not problems_on(page, paths)


def test_the_pages_of_setting_up_suit_everybody(page: "Page", house: House) -> None:
    both = (Role.ADMINISTRATOR, Role.OGI_OFFICE)
    sign_in(page, make_scope(house.agency, *both))
    agency: Agency = house.agency
    paths = [
        "/console/agencies/",
        *(
            f"/console/agencies/{agency.pk}/{place}"
            for place in ("", "change/", "posts/new/")
        ),
        f"/console/items/flow/{agency.pk}/",
        f"/console/items/outlets/{agency.pk}/",
        f"/console/columns/{agency.pk}/",
        f"/console/columns/{house.column().pk}/change/",
        f"/console/columns/{house.column().pk}/retire/",
        "/console/calendar/",
    ]
    assert not problems_on(page, paths)


def test_the_pages_of_people_suit_everybody(page: "Page", house: House) -> None:
    sign_in(page, make_scope(house.agency, Role.ADMINISTRATOR))
    clerk = User.objects.get(pk=house.clerk.user)
    person, account = clerk.person_id, clerk.pk
    paths = [
        "/console/people/",
        "/console/people/new/",
        f"/console/people/{person}/",
        f"/console/people/{person}/name/",
        f"/console/people/{person}/posts/new/",
        f"/console/people/accounts/{account}/password/",
        f"/console/people/accounts/{account}/close/",
        "/console/search/?q=霜桥",
    ]
    assert not problems_on(page, paths)
    page.goto(f"/console/people/accounts/{account}/password/")
    page.click("main button[type=submit]")
    assert page.locator(".handed-over").count() == 2
    assert not [*found_by_axe(page)]


def test_the_pages_of_returns_suit_everybody(page: "Page", house: House) -> None:
    body = Body(house.agency)
    station = body.below()
    first = body.accept(body.file())
    draft = body.draft(public_note="补计一件信函申请", now=timezone.now())
    sign_in(page, body.office)
    figures = "/console/figures/"
    returns = f"{figures}-/returns/"
    cell = "?cell=applications.new_received.total"
    paths = [
        f"{returns}?year=2025",
        *(f"{returns}?year=2025&show={show}" for show in ("missing", "warned")),
        f"{returns}{first.pk}/{cell}&compare=1",
        f"{returns}{draft.pk}/{cell}",
        f"{returns}{draft.pk}/versions/",
        f"{figures}-/table/",
        *(
            f"{figures}shuangqiao/2025/{place}"
            for place in ("entries/", "deadline/", cell)
        ),
        f"{figures}{station.agency.slug}/2025/template/",
    ]
    assert not problems_on(page, paths)
    page.context.clear_cookies()
    sign_in(page, body.leader)
    assert not problems_on(page, [f"{returns}{draft.pk}/file/"])
