import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.items.models import Item
from gongkai.items.services import drafting
from gongkai.items.tests.desks import Desks, at, form_of, fresh
from gongkai.items.tests.samples import pdf, word

pytestmark = pytest.mark.django_db

AUTOSAVE = {"X-Requested-With": "autosave"}


def typed(item: Item, **more: object) -> dict[str, Any]:
    """The whole form as a browser sends it back."""
    draft = fresh(item).draft
    told = {
        "title": draft.title,
        "body": draft.body,
        "column": draft.column_id or "",
        "kind": draft.kind,
        "attribute": draft.attribute,
        "issuer": draft.issuer,
        "revision": draft.revision,
    }
    return {**told, **more}


def save(desks: Desks, item: Item, **more: object) -> Any:
    return desks.clerks.post(at("edit", item), typed(item, **more))


def autosave(desks: Desks, item: Item, **more: object) -> Any:
    return desks.clerks.post(at("edit", item), typed(item, **more), headers=AUTOSAVE)


def test_what_is_typed_is_saved(desks: Desks) -> None:
    item = desks.draft()
    answer = save(desks, item, title="新题", doc_no="青农发〔2026〕2号")
    assert answer.headers["Location"] == at("edit", item)
    draft = fresh(item).draft
    assert (draft.title, draft.doc_no) == ("新题", "青农发〔2026〕2号")


def test_a_stale_form_is_refused_and_keeps_the_typing(desks: Desks) -> None:
    item = desks.draft(title="原题")
    old = typed(item, title="我的题")
    desks.edit(item, title="同事的题")
    answer = desks.clerks.post(at("edit", item), old)
    form = form_of(answer)
    assert form.non_field_errors()
    assert form["title"].value() == "我的题"
    assert "我的题" in answer.content.decode()
    assert fresh(item).draft.title == "同事的题"


def test_a_date_that_is_none_is_told_at_its_field_and_all_else_kept(
    desks: Desks,
) -> None:
    item = desks.draft(title="原题")
    form = form_of(save(desks, item, title="新题", made_on="2026-02-30"))
    assert set(form.errors) == {"made_on"}
    assert form["title"].value() == "新题"
    assert form["made_on"].value() == "2026-02-30"
    assert fresh(item).draft.title == "原题"


def test_a_script_saves_and_gets_the_new_revision(desks: Desks) -> None:
    item = desks.draft()
    answer = autosave(desks, item, title="边写边存")
    draft = fresh(item).draft
    assert answer.json() == {"revision": draft.revision}
    assert draft.title == "边写边存"
    unchanged = autosave(desks, item)
    assert unchanged.json() == {"revision": draft.revision}
    assert fresh(item).draft.revision == draft.revision


def test_a_script_is_told_why_it_was_not_saved(desks: Desks) -> None:
    item = desks.draft()
    stale = typed(item, title="我的")
    desks.edit(item, title="同事的")
    answer = desks.clerks.post(at("edit", item), stale, headers=AUTOSAVE)
    assert (answer.status_code, bool(answer.json()["problem"])) == (409, True)
    wrong = autosave(desks, item, made_on="x", title="我的")
    assert (wrong.status_code, bool(wrong.json()["problem"])) == (422, True)
    assert fresh(item).draft.title == "同事的"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def test_files_are_attached_and_taken_off_with_the_typing_saved(desks: Desks) -> None:
    item = desks.draft()
    files = [upload("甲.pdf", pdf(["a"])), upload("甲.pdf", pdf(["b"]))]
    answer = save(desks, item, title="一", act="attach", files=files)
    assert answer.headers["Location"] == f"{at('edit', item)}#files"
    attached = fresh(item).draft.files.all()
    assert [file.name for file in attached] == ["甲.pdf", "甲-2.pdf"]
    save(desks, item, title="二", detach=attached[0].public_id)
    assert [file.name for file in fresh(item).draft.files.all()] == ["甲-2.pdf"]
    assert fresh(item).draft.title == "二"


def test_an_upload_sent_twice_is_attached_once(desks: Desks) -> None:
    item = desks.draft()
    form = typed(item, act="attach")
    for _each in range(2):
        desks.clerks.post(
            at("edit", item), {**form, "files": upload("甲.pdf", pdf(["a"]))}
        )
    assert fresh(item).draft.files.count() == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("网页.pdf", b"<html><script>alert(1)</script></html>"),
        ("程序.pdf", b"MZ\x90\0" + b"\0" * 60),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("文.txt", "纯文本".encode()),
        ("范围图.exe", pdf(["a"])),
        ("范围图.pdf.html", pdf(["a"])),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_by_name(
    desks: Desks, name: str, data: bytes
) -> None:
    item = desks.draft()
    form = form_of(
        save(desks, item, act="attach", files=upload(name, data), title="新")
    )
    assert name in str(form.errors["files"])
    assert not fresh(item).draft.files.exists()
    again = typed(item, revision=form["revision"].value(), title="又改")
    assert desks.clerks.post(at("edit", item), again).status_code == 302
    assert fresh(item).draft.title == "又改"


def test_of_several_files_the_good_ones_are_kept(desks: Desks) -> None:
    item = desks.draft()
    files = [upload("坏.pdf", b"MZ\0"), upload("好.pdf", pdf(["a"]))]
    form = form_of(save(desks, item, act="attach", files=files))
    assert "坏.pdf" in str(form.errors["files"])
    assert [file.name for file in fresh(item).draft.files.all()] == ["好.pdf"]
    again = typed(item, revision=form["revision"].value())
    assert desks.clerks.post(at("edit", item), again).status_code == 302


@override_settings(MAX_UPLOAD_BYTES=100)
def test_a_file_that_is_too_large_is_refused(desks: Desks) -> None:
    item = desks.draft()
    form = form_of(save(desks, item, act="attach", files=upload("大.pdf", pdf(["a"]))))
    assert form.errors["files"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\范围图.pdf", "范围图.pdf"),
        ("范围图\u202efdp.pdf", "范围图fdp.pdf"),
        ("a\u200bb.pdf", "ab.pdf"),
    ],
)
def test_a_file_name_plays_no_trick(desks: Desks, name: str, kept: str) -> None:
    item = desks.draft()
    drafting.attach(by=desks.clerk, item=item, name=name, upload=[pdf(["a"])])
    assert fresh(item).draft.files.get().name == kept


def test_a_word_file_replaces_the_text(desks: Desks) -> None:
    item = desks.draft(body="<p>旧文</p>")
    data = word("^关于夏收的通知", "夏收开始。")
    save(desks, item, act="fill", document=SimpleUploadedFile("夏收.docx", data))
    draft = fresh(item).draft
    assert draft.title == "关于夏收的通知"
    assert "夏收开始" in draft.body
    assert "旧文" not in draft.body


def test_a_word_file_that_cannot_be_read_changes_nothing_but_saves(
    desks: Desks,
) -> None:
    item = desks.draft(body="<p>旧文</p>")
    broken = SimpleUploadedFile("坏.docx", b"PK\x03\x04")
    form = form_of(save(desks, item, act="fill", document=broken, title="新题"))
    assert form.errors["document"]
    assert (fresh(item).draft.title, fresh(item).draft.body) == ("新题", "<p>旧文</p>")


def test_checking_saves_first(desks: Desks) -> None:
    item = desks.draft()
    answer = save(desks, item, act="check", title="新题")
    assert answer.headers["Location"] == at("submit", item)
    assert fresh(item).draft.title == "新题"


def test_what_is_not_being_drafted_is_not_edited(desks: Desks) -> None:
    item = desks.draft()
    form = typed(item, title="偷改")
    desks.submit(item)
    for headers in ({}, AUTOSAVE):
        answer = desks.clerks.post(at("edit", item), form, headers=headers)
        assert answer.status_code in {302, 409}
    assert fresh(item).draft.title != "偷改"


def test_only_editors_of_the_agency_edit(desks: Desks) -> None:
    item = desks.draft()
    form = typed(item, title="偷改")
    assert desks.outsiders.get(at("edit", item)).status_code == 404
    assert desks.outsiders.post(at("edit", item), form).status_code == 404
    for role in (Role.LEADER, Role.SECRECY_REVIEWER, Role.ADMINISTRATOR):
        client = client_of(desks.agency, role)
        assert client.post(at("edit", item), form).status_code == 403
    assert fresh(item).draft.title != "偷改"


def test_a_column_of_another_agency_is_refused(desks: Desks) -> None:
    elsewhere = desks.other.columns.get(slug="plans")
    form = form_of(save(desks, desks.draft(), column=elsewhere.pk))
    assert form.errors["column"]


def test_markup_that_runs_is_taken_out_when_it_is_saved(desks: Desks) -> None:
    item = desks.draft()
    body = (
        '<p onclick="x()">甲<script>alert(1)</script></p><img src="x" onerror="x()">'
        '<a href="javascript:x()">乙</a><iframe src="//e"></iframe><style>p{}</style>'
        '<p style="position:fixed">丙</p><svg onload="x()"></svg><form><input></form>'
    )
    save(desks, item, body=body)
    saved = fresh(item).draft.body
    for bad in ("script", "onclick", "onerror", "javascript", "iframe", "style", "svg"):
        assert bad not in saved
    assert all(word in saved for word in "甲乙丙")


def test_a_returned_item_shows_the_opinion_above(desks: Desks) -> None:
    from gongkai.items.services import reviewing

    version = desks.submit(desks.draft())
    reviewing.decide(
        by=desks.head,
        step=version.steps.get(is_current=True),
        outcome="returned",
        content_hash=version.content_hash,
        opinion="题目<太长>",
    )
    answer = desks.clerks.get(at("edit", version.item))
    assert answer.context["returned"] == "题目<太长>"
    assert "题目&lt;太长&gt;" in answer.content.decode()


def test_the_form_says_what_is_needed_to_hand_in(desks: Desks) -> None:
    page = desks.clerks.get(at("edit", desks.draft())).content.decode()

    def said_at(name: str) -> str:
        label = re.search(rf'for="id_{name}">(.*?)</label>', page, re.DOTALL)
        assert label is not None, name
        return label.group(1)

    assert "提交审核时必填" in said_at("title")
    assert "提交审核时必填" in said_at("column")
    assert "附件至少有一项" in said_at("body")
    assert "非主动公开时必填" in said_at("reason")
    assert "选填" in said_at("doc_no")
