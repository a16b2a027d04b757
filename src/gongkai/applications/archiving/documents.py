"""What lies in the file of a case, in the order of the case's life."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongkai.applications import notices
from gongkai.applications.archiving import sheets
from gongkai.applications.archiving.faces import word_face
from gongkai.applications.choices import FileKind
from gongkai.applications.files import chunks_of, name_of
from gongkai.applications.models import Case, CaseFile, Notice
from gongkai.applications.persons import open_case
from gongkai.registry import files as store

PDF = "application/pdf"
ENDINGS = {
    PDF: "pdf",
    store.DOCX: "docx",
    store.XLSX: "xlsx",
    "application/zip": "zip",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "text/plain": "txt",
    "text/csv": "csv",
}
KINDS = {
    "register": "登记表",
    "application": "申请书",
    "identity": "身份证明",
    "attachment": "申请附件",
    "correction": "补正材料",
    "notice": "告知文书",
    "consultation": "征求意见情况",
    "opinion": "征求意见材料",
    "found": "检索到的信息",
    "released": "拟公开的信息",
    "reply": "答复书",
    "proof": "送达凭证",
    "co_handling": "协办意见",
    "other": "其他材料",
    "course": "办理经过",
}
"""Kinds of document and the words of their file names: the order of the file."""
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
_TOGETHER = {"correction": "notice", "opinion": "consultation"}
"""Kinds that lie with another, by their days."""


@dataclass(frozen=True)
class Document:
    """One document: either a file of the case or bytes that were made for the archive.

    ``number``, ``responsible`` and ``title`` are what the contents page says of it
    (文号, 责任者, 题名). ``face``: a PDF of the document before it.
    """

    kind: str
    title: str
    on: date
    media_type: str
    number: str = ""
    responsible: str = ""
    note: str = ""
    file: CaseFile | None = None
    data: bytes = b""
    face: bool = False

    @property
    def ending(self) -> str:
        return ENDINGS.get(self.media_type, "bin")

    def pieces(self) -> Iterable[bytes]:
        return [self.data] if self.file is None else chunks_of(self.file)


Source = Callable[[Case], Iterator[Document]]


def documents_of(case: Case, filed_on: date) -> list[Document]:
    """Everything that lies in the file, in its order; raises CannotOpen.

    Some queries for each kind; what is made here is in memory, files stay sealed.
    """
    found = [one for source in _SOURCES for one in source(case)]
    found.sort(key=_place)
    first = Document(
        "register",
        "政府信息公开申请登记表",
        case.received_on,
        PDF,
        number=case.number,
        responsible=case.agency.name,
        data=sheets.register_sheet(case, open_case(case)),
    )
    last = Document(
        "course",
        "办理经过和期限计算",
        filed_on,
        PDF,
        responsible=case.agency.name,
        data=sheets.course_sheet(case, filed_on),
    )
    table = replace(
        last,
        title="办理经过（数据）",
        media_type="text/csv",
        data=sheets.course_table(case, filed_on),
    )
    return [*_with_faces([first, *found, last]), table]


def _place(document: Document) -> tuple[int, date]:
    kind = _TOGETHER.get(document.kind, document.kind)
    return _ORDER[kind], document.on


def _with_faces(found: Iterable[Document]) -> Iterator[Document]:
    """A PDF beside each Word file, for readers to whom Word is history."""
    for one in found:
        yield one
        if one.media_type == store.DOCX:
            face = word_face(b"".join(one.pieces()), one.title)
            if face:
                title = f"{one.title}（阅读版）"
                note = "由系统按文字内容生成，以 Word 原件为准"
                yield replace(
                    one,
                    title=title,
                    media_type=PDF,
                    note=note,
                    file=None,
                    data=face,
                    face=True,
                )


# Where documents come from


def _files(case: Case) -> Iterator[Document]:
    applicant = open_case(case).applicant.name
    for file in case.files.select_related("stored"):
        file.case = case
        by_applicant = file.by_applicant or file.kind in _BY_APPLICANT
        yield Document(
            kind=file.kind,
            title=name_of(file),
            on=timezone.localdate(file.added_at),
            media_type=file.media_type,
            number=case.reply_no if file.kind == FileKind.REPLY else "",
            responsible=applicant if by_applicant else case.agency.name,
            file=file,
        )


_BY_APPLICANT = (FileKind.APPLICATION, FileKind.IDENTITY, FileKind.CORRECTION)


def _application(case: Case) -> Iterator[Document]:
    """What was typed online or taken down, where no paper came in."""
    if case.files.filter(kind=FileKind.APPLICATION).exists():
        return
    told = open_case(case)
    yield Document(
        "application",
        "政府信息公开申请表（按申请人所填内容生成）",
        case.received_on,
        PDF,
        responsible=told.applicant.name,
        data=sheets.application_sheet(case, told),
    )


def _letters(case: Case) -> Iterator[Document]:
    for notice in case.notices.all():
        notice.case = case
        yield Document(
            "notice",
            notice.title,
            notice.made_on,
            PDF,
            number=notice.number,
            responsible=case.agency.name,
            data=_letter(notice),
        )


def _letter(notice: Notice) -> bytes:
    return sheets.letter_sheet(notice.title, notices.read(notice))


def _consultations(case: Case) -> Iterator[Document]:
    for one in case.consultations.all():
        one.case = case
        yield Document(
            "consultation",
            f"征求意见情况（{sheets.OF[one.of]}）",
            one.answered_on or one.sent_on,
            PDF,
            responsible=case.agency.name,
            data=sheets.consultation_sheet(one),
        )


def _co_handlings(case: Case) -> Iterator[Document]:
    for one in case.co_handlings.all():
        yield Document(
            "co_handling",
            f"协办意见（{one.section}）",
            one.answered_on or one.asked_on,
            PDF,
            responsible=one.section,
            data=sheets.co_handling_sheet(case, one),
        )


_SOURCES: list[Source] = [
    *(_files, _application, _letters, _consultations, _co_handlings),
]
