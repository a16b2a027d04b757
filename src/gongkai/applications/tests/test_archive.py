"""A closed case as one archive: what lies in it, in which order, and that it proves
itself on any machine."""

import csv
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_scope
from gongkai.applications.archiving import archives, laying, verifying
from gongkai.applications.exceptions import NotAllowedNow
from gongkai.applications.files import Prepared
from gongkai.applications.models import Archive, ArchiveEntry, Case
from gongkai.applications.services import archiving, asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.desks import at, clerk_of
from gongkai.applications.tests.factories import PDF, REPLY, Desk, noon
from gongkai.audit.models import Event
from gongkai.items.tests.samples import word as word_file
from gongkai.registry import files as store
from gongkai.registry.models import StoredFile

pytestmark = pytest.mark.django_db
BEGUN = date(2025, 3, 3)
SCAN = Prepared("application", "柳青河的申请.pdf", "application/pdf", PDF)
IDENTITY = Prepared("identity", "身份证.pdf", "application/pdf", PDF + b"\n%id")


def replied(desk: Desk, *files: Prepared, **told: object) -> Case:
    """Corrected, a third party and a section asked, answered."""
    case = desk.case(files=[SCAN, IDENTITY, *files], received_on=BEGUN, **told)
    day = BEGUN + timedelta(days=2)
    clerk, when = desk.clerk, noon(day)
    until = day + timedelta(days=5)
    asking.ask_correction(
        actor=clerk, case=case, text="请写明年度", until=until, on=day, now=when
    )
    asking.receive_correction(
        actor=clerk, case=case, text="2024 年度", on=day, now=when
    )
    asked = handling.ask_section(actor=clerk, case=case, section="法规科", now=when)
    handling.answer_section(actor=clerk, asked=asked, text="可以公开", now=when)
    party = Consulted("苔岭合作社", "苔岭乡", "是否同意公开？")
    one = asking.consult(
        actor=clerk, case=case, of="third_party", party=party, on=day, now=when
    )
    asking.consulted_answered(
        actor=clerk, asked=one, answer="agrees", text="同意", on=day, now=when
    )
    handling.reply(
        actor=clerk,
        case=case,
        on=day,
        result="R1",
        files=[REPLY],
        reply_no="测公复〔2025〕1号",
        now=when,
    )
    case.refresh_from_db()
    return case


def filed(desk: Desk, case: Case | None = None) -> Archive:
    case = case or replied(desk)
    archiving.file_case(actor=desk.clerk, case=case)
    return Archive.objects.select_related("case__agency").get(case=case)


def packed(archive: Archive) -> bytes:
    fresh = Archive.objects.select_related("case__agency").get(pk=archive.pk)
    return b"".join(archives.chunks(fresh))


def opened(archive: Archive) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed(archive)))


@pytest.fixture(scope="module")
def word() -> Prepared:
    return Prepared("released", "明细.docx", store.DOCX, word_file("发放明细"))


def test_documents_lie_in_the_order_of_the_cases_life() -> None:
    archive = filed(Desk())
    rows = ArchiveEntry.objects.filter(archive=archive, position__gt=0)
    kinds = list(dict.fromkeys(rows.values_list("kind", flat=True)))
    assert kinds == [
        *("register", "application", "identity", "notice", "consultation"),
        *("reply", "co_handling", "course"),
    ]


def test_the_zip_opens_everywhere_and_says_first_what_it_holds() -> None:
    archive = filed(Desk())
    book = opened(archive)
    assert book.testzip() is None
    names = book.namelist()
    top = f"{archive.case.number}/"
    assert names[:4] == [
        f"{top}{name}"
        for name in (
            *("SHA256SUMS.txt", "000-说明.txt", "000-卷内目录.pdf"),
            "000-卷内目录.csv",
        )
    ]
    for info in book.infolist():
        assert info.flag_bits & 0x800 or info.filename.isascii()
        assert not set(info.filename.removeprefix(top)) & set('<>:"\\|?*/')
        assert len(info.filename.encode()) < 200


def test_the_contents_page_lists_each_document_with_its_hash() -> None:
    archive = filed(Desk())
    book = opened(archive)
    text = book.read(f"{archive.case.number}/000-卷内目录.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == [
        *("序号", "文号", "责任者", "题名", "日期", "页数", "备注", "文件", "SHA-256"),
    ]
    reply = next(row for row in rows if row["题名"] == "答复书.pdf")
    assert reply["文号"] == "测公复〔2025〕1号"
    sums = book.read(f"{archive.case.number}/SHA256SUMS.txt").decode()
    assert all(f"{row['SHA-256']}  {row['文件']}\n" in sums for row in rows)
    assert {row["责任者"] for row in rows} >= {"柳青河", archive.case.agency.name}


def test_made_again_it_has_the_same_contents() -> None:
    archive = filed(Desk())
    case = archive.case
    first = packed(archive)
    case.agency.name = "更名后的机关"
    case.agency.save()
    Case.objects.filter(pk=case.pk).update(rating=5)
    assert packed(archive) == first


def test_sha256sum_of_another_machine_checks_it(tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    assert tool, "coreutils are part of every Linux"
    archive = filed(Desk())
    opened(archive).extractall(tmp_path)
    folder = tmp_path / archive.case.number
    told = subprocess.run([tool, "-c", "SHA256SUMS.txt"], cwd=folder, check=False)
    assert told.returncode == 0
    manifest = subprocess.run(
        [tool, "SHA256SUMS.txt"], cwd=folder, capture_output=True, check=True
    )
    assert manifest.stdout.split()[0].decode() == archive.manifest


def test_the_manifest_stands_in_the_audit_chain() -> None:
    archive = filed(Desk())
    event = Event.objects.get(verb="case.file_sealed")
    assert archive.manifest in event.data
    assert event.object_id == str(archive.case_id)


def test_a_word_file_has_a_pdf_beside_it(word: Prepared) -> None:
    desk = Desk()
    archive = filed(desk, replied(desk, word))
    names = [Path(name).name for name in opened(archive).namelist()]
    place = next(name for name in names if name.endswith(".docx"))
    face = place.removesuffix(".docx") + "-阅读版.pdf"
    assert names.index(face) == names.index(place) + 1
    assert archive.documents == len(
        {name[:3] for name in names if name[:3].isdigit()} - {"000"}
    )


def test_what_came_online_has_a_sheet_of_what_was_typed() -> None:
    desk = Desk()
    case = desk.case()
    handling.withdraw(actor=desk.clerk, case=case)
    archive = filed(desk, Case.objects.get(pk=case.pk))
    entry = archive.entries.get(kind="application")
    assert entry.file is None and entry.stored is not None


def test_nothing_is_filed_where_something_came_in_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    case = replied(desk)
    kept = StoredFile.objects.count()
    prepare = laying.lay_down

    def then_rated(case: Case, on: date) -> laying.LaidDown:
        laid = prepare(case, on)
        Case.objects.filter(pk=case.pk).update(rating=4)
        return laid

    monkeypatch.setattr(laying, "lay_down", then_rated)
    with pytest.raises(NotAllowedNow):
        archiving.file_case(actor=desk.clerk, case=case)
    assert not Archive.objects.exists()
    assert StoredFile.objects.count() == kept
    case.refresh_from_db()
    assert case.stage == "replied"


def test_a_damaged_file_stops_the_zip_before_its_end() -> None:
    archive = filed(Desk())
    entry = archive.entries.get(kind="register")
    entry.sha256 = "0" * 64
    entry.save()
    pieces: list[bytes] = []
    with pytest.raises(store.DamagedFile):
        pieces.extend(_taken(archive))
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def _taken(archive: Archive) -> Iterator[bytes]:
    yield from archives.chunks(archive)


def test_only_the_desk_takes_the_archive_out_and_it_is_noted() -> None:
    desk = Desk()
    archive = filed(desk)
    inspector = make_scope(desk.agency, Role.INSPECTOR)
    with pytest.raises(PermissionDenied):
        archiving.open_archive(by=inspector, archive=archive)
    assert not Event.objects.filter(verb="case.archive_opened").exists()
    assert desk.clerk.scope is not None
    archiving.open_archive(by=desk.clerk.scope, archive=archive)
    assert Event.objects.filter(verb="case.archive_opened").count() == 1


# The check


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, Archive]:
    archive = filed(Desk())
    path = tmp_path / "a.zip"
    path.write_bytes(packed(archive))
    return path, archive


def test_the_check_finds_a_whole_archive_as_filed(whole: tuple[Path, Archive]) -> None:
    path, archive = whole
    found = verifying.check(path)
    assert (found.manifest, found.problems) == (archive.manifest, [])
    assert found.good == archive.entries.count()


@pytest.mark.parametrize(
    ("harm", "told"),
    [("change", "was changed"), ("leave out", "is missing"), ("add", "is in no list")],
)
def test_the_check_names_what_was_changed(
    whole: tuple[Path, Archive], tmp_path: Path, harm: str, told: str
) -> None:
    path, _archive = whole
    harmed = tmp_path / "harmed.zip"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(harmed, "w") as other:
        for info in book.infolist():
            data = book.read(info)
            if info.filename.endswith("登记表.pdf"):
                if harm == "leave out":
                    continue
                data += b"x" if harm == "change" else b""
            other.writestr(info.filename, data)
        if harm == "add":
            other.writestr(f"{_archive.case.number}/x.txt", "x")
    found = verifying.check(harmed)
    assert [told in problem for problem in found.problems] == [True]


def test_the_command_needs_no_settings(
    whole: tuple[Path, Archive], clean_environment: None
) -> None:
    path, archive = whole
    command = [sys.executable, "-m", "gongkai", "verify_archive", str(path)]

    def run(*more: str) -> int:
        return subprocess.run([*command, *more], check=False).returncode

    assert run("--manifest", archive.manifest) == 0
    assert run("--manifest", "0" * 64) == 1
    path.write_bytes(path.read_bytes()[:-40])
    assert run() == 2


# The page


def test_the_case_page_gives_the_archive_and_no_cache_keeps_it() -> None:
    desk = Desk()
    archive = filed(desk)
    client = clerk_of(desk)
    page = client.get(at("case", archive.case)).content.decode()
    address = at("archive", archive.case)
    assert address in page and archive.manifest in page
    answer = client.get(address)
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert "no-store" in answer.headers["Cache-Control"]
    assert Event.objects.filter(verb="case.archive_opened").count() == 1


def test_a_case_that_is_not_filed_has_no_archive() -> None:
    desk = Desk()
    assert clerk_of(desk).get(at("archive", desk.case())).status_code == 404
