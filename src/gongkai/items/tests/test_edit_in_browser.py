"""The drafting page in a browser: the editor's names, its refusal, a session's end."""

from typing import TYPE_CHECKING

import pytest

from gongkai.accounts.models import User
from gongkai.agencies.tests.factories import PASSWORD
from gongkai.items.editor_words import editor_words
from gongkai.items.models import Draft, Item
from gongkai.items.tests.factories import Office

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: "Page", office: Office) -> None:
    page.fill("[name=username]", User.objects.get(pk=office.clerk.user).username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def open_draft(page: "Page", office: Office, item: Item) -> None:
    path = f"/console/items/{item.pk}/edit/"
    page.goto(path)
    sign_in(page, office)
    page.wait_for_url(f"**{path}")


def test_the_editor_and_its_buttons_have_names(page: "Page") -> None:
    office = Office()
    open_draft(page, office, office.draft())
    page.wait_for_selector(".tiptap[aria-label]")
    page.wait_for_selector(".prose-menubar [data-name=bold][aria-label=加粗]")
    names = page.locator(".prose-menubar [data-name]").evaluate_all(
        "all => all.map((one) => [one.dataset.name, one.title || one.textContent])"
    )
    words = editor_words()
    assert [name for name, shown in names if shown != words.get(name)] == []


def test_a_text_that_the_editor_would_lose_is_shown_as_it_is(page: "Page") -> None:
    office = Office()
    item = office.draft()
    # A picture that is no picture, which the editor has no place for.
    body = '<p>见图<a href="/f/x/y.pdf"><img alt="图"></a></p>'
    Draft.objects.filter(item=item).update(body=body)
    open_draft(page, office, item)
    page.wait_for_selector("#editor-declined:not([hidden])")
    assert page.input_value("textarea[name=body]") == body


def test_a_session_that_ends_while_typing_loses_nothing(page: "Page") -> None:
    office = Office()
    item = office.draft()
    open_draft(page, office, item)
    page.locator(".tiptap[aria-label]").fill("会话结束前写下的正文")
    page.context.clear_cookies(name="sessionid")
    page.click("[name=act][value=save]")
    sign_in(page, office)
    page.click("main button[type=submit]:not([name])")
    page.wait_for_url("**/edit/")
    assert "会话结束前写下的正文" in Draft.objects.get(item=item).body


def test_the_editors_arrow_needs_no_sign_of_a_font(page: "Page") -> None:
    office = Office()
    open_draft(page, office, office.draft())
    picker = page.locator(".prose-menubar__selected").first
    arrow = picker.evaluate("one => getComputedStyle(one, '::after').content")
    assert arrow == '""'
