"""A document for the applicant, rid of what lies in it unseen, or refused."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.applications.choices import FileKind
from gongkai.applications.exceptions import BadInput
from gongkai.applications.files import Prepared
from gongkai.items.inspection import HintCode, inspect_file
from gongkai.registry import files as store

if TYPE_CHECKING:
    from gongkai.redaction import Trace

UNSEEN = frozenset(
    {
        *(HintCode.HIDDEN_SHEET, HintCode.VERY_HIDDEN_SHEET, HintCode.HIDDEN_ROWS),
        *(HintCode.HIDDEN_COLUMNS, HintCode.HIDDEN_TEXT, HintCode.COMMENTS),
        *(HintCode.TRACKED_CHANGES, HintCode.EMBEDDED_OBJECT, HintCode.MACROS),
        *(HintCode.EXTERNAL_LINK, HintCode.CACHED_DATA, HintCode.NOT_INSPECTED),
    }
)
"""What an Office file may not carry out of the house."""

WORDS = {
    "encrypted": gettext_lazy("it is encrypted"),
    "annotations": gettext_lazy("notes or marks laid over the page"),
    "form": gettext_lazy("form fields"),
    "embedded": gettext_lazy("another file inside"),
    "layers": gettext_lazy("layers that can be switched on and off"),
    "off_page": gettext_lazy("text beyond the edge of the page"),
    "hidden_text": gettext_lazy("text that cannot be seen"),
    "covered_picture": gettext_lazy("a picture under another one"),
    "hidden_names": gettext_lazy("a hidden name in the workbook"),
    "alt_text": gettext_lazy("a description of pictures that nobody sees"),
    "revisions": gettext_lazy("an earlier version of the document"),
    "frames": gettext_lazy("more pictures than the one that shows"),
}
"""By the kind of trace, as ``gongkai.redaction`` names it."""


def cleared(prepared: Prepared, field: str = "files") -> Prepared:
    """The document as it may go out, of kind RELEASED: made clean.

    Raises BadInput with every trace and its place where something lies unseen in it,
    or where it cannot be looked into: then nothing goes out.
    """
    # Only an upload here needs it: a web process does without its 20 MB.
    from gongkai import redaction

    kept = replace(prepared, kind=FileKind.RELEASED, for_applicant=False)
    try:
        if prepared.media_type == "application/pdf":
            return replace(kept, data=redaction.clean_pdf(prepared.data))
        if prepared.media_type.startswith("image/"):
            data, media_type = redaction.clean_image(prepared.data)
            return replace(kept, data=data, media_type=media_type)
        if traces := _of_office(prepared):
            raise BadInput(field, _refusal(prepared, traces))
        return replace(kept, data=redaction.clean_office(prepared.data))
    except redaction.TracesFound as error:
        raise BadInput(field, _refusal(prepared, map(_told, error.traces))) from error
    except redaction.RedactionError as error:
        told = [_("it cannot be read or opens with a password only")]
        raise BadInput(field, _refusal(prepared, told)) from error


def _of_office(prepared: Prepared) -> list[str]:
    if prepared.media_type not in {store.DOCX, store.XLSX}:
        return [_("only PDF, Word, Excel and pictures can be looked into")]
    hints = inspect_file(prepared.data, prepared.name, prepared.media_type)
    return [f"{one.where}：{one.message}" for one in hints if one.code in UNSEEN]


def _told(trace: "Trace") -> str:
    words = str(WORDS.get(trace.kind.value, "") or _("something that no page shows"))
    if trace.page:
        return _("page %(number)d: %(what)s") % {"number": trace.page, "what": words}
    return words


def _refusal(prepared: Prepared, traces: Iterable[str]) -> str:
    found = "；".join(dict.fromkeys(traces))
    return _(
        "“%(name)s” was not taken: %(found)s. Remove it, or redact the file, and try "
        "again."
    ) % {"name": prepared.name, "found": found}
