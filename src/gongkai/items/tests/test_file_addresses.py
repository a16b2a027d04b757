"""``/f/<public id>/<name>``: whoever may read the record may read its file."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.agencies.tests.factories import make_agency, make_scope, make_user
from gongkai.items.choices import Channel
from gongkai.items.models import Item, VersionFile
from gongkai.items.services import drafting, publishing, setting_up
from gongkai.items.tests.factories import Office
from gongkai.items.tests.samples import pdf, workbook, zipped

pytestmark = pytest.mark.django_db

FILES = [("范围图.pdf", pdf(["map"]))]


def address(item: Item, number: int = 0) -> str:
    file = item.draft.files.all()[number]
    return reverse("files:file", args=[file.public_id, file.name])


def status(client: Client, at: str) -> int:
    answer = client.get(at)
    answer.getvalue()
    return answer.status_code


def test_a_drafts_file_is_for_readers_of_the_agency_only(office: Office) -> None:
    at = address(office.draft(FILES))
    other = make_agency()
    for role in (Role.CLERK, Role.LEADER, Role.INSPECTOR):
        assert status(client_of(office.agency, role), at) == 200
    assert status(Client(), at) == 404
    assert status(client_of(office.agency, Role.ADMINISTRATOR), at) == 404
    for role in Role:
        assert status(client_of(other, role), at) == 404
    assert status(signed_in(make_user()), at) == 404


def test_the_file_of_a_public_item_is_for_everybody(
    office: Office, client: Client
) -> None:
    at = address(office.published(FILES))
    answer = client.get(at)
    assert answer.getvalue() == FILES[0][1]
    assert status(client_of(make_agency(), Role.CLERK), at) == 200


def test_a_file_of_a_correction_is_closed_until_the_correction_is_public(
    office: Office, client: Client
) -> None:
    item = office.published(FILES)
    old = address(item)
    item = drafting.revise(by=office.clerk, item=item)
    drafting.detach(
        by=office.clerk, item=item, public_id=item.draft.files.get().public_id
    )
    drafting.attach(by=office.clerk, item=item, name="新图.pdf", upload=[pdf(["b"])])
    office.edit(item, public_note="换图")
    new = address(item)
    assert (status(client, old), status(client, new)) == (200, 404)
    version = office.submit(item)
    office.approve(version, office.head)
    approved = office.approve(version, office.secrecy)
    assert (status(client, old), status(client, new)) == (200, 404)
    publishing.publish(by=office.clerk, item=approved)
    assert (status(client, old), status(client, new)) == (404, 200)
    assert status(signed_in(office.clerk), old) == 200


def test_a_held_copy_is_not_confirmed_after_a_withdrawal(
    office: Office, client: Client
) -> None:
    item = office.published(FILES)
    answer = client.get(address(item))
    answer.getvalue()
    headers = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(address(item), headers=headers).status_code == 304
    assert answer.headers["Cache-Control"] == "private, no-cache"
    publishing.withdraw(by=office.head, item=item, note="有误")
    assert client.get(address(item), headers=headers).status_code == 404


def test_the_name_must_be_the_files_own(office: Office, client: Client) -> None:
    item = office.published(FILES)
    file = item.draft.files.get()
    for name in ("a.pdf", "范围图.html", "范围图.pdf/", "../范围图.pdf"):
        assert status(client, f"/f/{file.public_id}/{name}") == 404
    assert client.get(f"/f/{file.public_id}/").status_code == 404


def test_only_pictures_and_pdf_are_shown_in_the_browser(
    office: Office, client: Client
) -> None:
    table = workbook(lambda book: book.active.append(["甲", 1]))
    files = [*FILES, ("表.xlsx", table), ("包.zip", zipped({"a.html": b"<b>"}))]
    item = office.published(files)
    kinds = []
    for number in range(3):
        answer = client.get(address(item, number))
        answer.getvalue()
        kinds.append(answer.headers["Content-Disposition"].split(";")[0])
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert "sandbox" in policy
        assert "default-src 'none'" in policy
    assert kinds == ["inline", "attachment", "attachment"]


def test_a_name_cannot_break_out_of_the_header(office: Office, client: Client) -> None:
    item = office.published([('a"; x=\r\nSet-Cookie: b=1;.pdf', FILES[0][1])])
    answer = client.get(address(item))
    answer.getvalue()
    disposition = answer.headers["Content-Disposition"]
    assert '"' not in disposition
    assert not answer.cookies
    assert disposition.count(";") == 1


def test_what_carries_script_is_never_served_inline(
    office: Office, client: Client
) -> None:
    """Were such a file in the store, by whatever way, it would be a download."""
    item = office.published(FILES)
    stored = VersionFile.objects.get(version__item=item).stored
    for media_type in ("image/svg+xml", "text/html", "application/xhtml+xml"):
        type(stored).objects.filter(pk=stored.pk).update(media_type=media_type)
        answer = client.get(address(item))
        answer.getvalue()
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_proof_of_a_release_stays_in_the_office(
    office: Office, client: Client
) -> None:
    item = office.published()
    weibo = setting_up.add_outlet(
        by=make_scope(office.agency, Role.OGI_OFFICE),
        agency=office.agency,
        name="微博",
        channel=Channel.WEIBO,
    )
    release = publishing.add_release(
        by=office.clerk,
        item=item,
        outlet=weibo,
        on=timezone.localdate(),
        proof=("截图.pdf", pdf(["proof"])),
    )
    at = reverse("files:file", args=[release.proof_public_id, "截图.pdf"])
    assert status(client, at) == 404
    assert status(client_of(make_agency(), Role.CLERK), at) == 404
    assert status(signed_in(office.clerk), at) == 200
