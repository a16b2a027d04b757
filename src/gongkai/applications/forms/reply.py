"""The reply's words: what the letter of its result asks a person for."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.applications import replies
from gongkai.applications.files import name_of
from gongkai.applications.forms.acts import FilesField, result_choices
from gongkai.applications.letters.fields import fields as letter_fields
from gongkai.applications.letters.replies import (
    GIVEN,
    missing_reply_fields,
    reply_fields,
)
from gongkai.applications.models import Case, CaseFile, Reply

SHORT = ("负责机关", "负责机关联系方式", "复议机关", "管辖法院")
MOST_SIGNS = 20_000


def choices_of(case: Case) -> list[tuple[str, Any]]:
    known = {one.code for one in replies.results_of(case)}
    found: list[tuple[str, Any]] = []
    for group, told in result_choices(case.regime):
        if isinstance(told, list):
            told = [one for one in told if one[0] in known]
            if not told:
                continue
        elif group and group not in known:
            continue
        found.append((group, told))
    return found


class BeginForm(forms.Form):
    result = forms.ChoiceField(
        label=_("Result"),
        help_text=_(
            "Exactly one is counted. Disclosed in part counts as that alone, whatever "
            "was withheld."
        ),
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["result"]
        field.choices = choices_of(case)


class DocumentForm(forms.Form):
    documents = FilesField(
        label=_("Documents that go out"),
        help_text=_(
            "PDF, Word, Excel or picture, up to 20 MB. What lies in it unseen stops it."
        ),
    )


class ReplyForm(BeginForm):
    """``words`` gives what was typed by the letter's own field names.

    ``is_kept``: a draft may leave empty what the letter prints.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, reply: Reply, *args: Any, is_kept: bool = False, **kwargs: Any
    ) -> None:
        case, typed = reply.case, replies.words_of(reply)
        initial = {"result": reply.result, "revision": reply.revision}
        super().__init__(case, *args, initial=initial, **kwargs)
        self.asked = [
            name
            for name in reply_fields(case, result=reply.result)
            if name not in {replies.NUMBER}
        ]
        needed = missing_reply_fields(case, result=reply.result, fields={})
        for name in self.asked:
            field = _word(name, typed.get(name, ""))
            field.required = name in needed and not is_kept
            self.fields[_key(name)] = field
        if reply.result == replies.PARTIAL[case.regime]:
            self.fields["withheld"] = _grounds(case, reply)
        self.documents: dict[str, CaseFile] = {}
        if reply.result in replies.RELEASING[case.regime]:
            self.documents = {str(one.pk): one for one in replies.released_files(case)}
        if self.documents:
            self.fields["files"] = _documents(self.documents, reply)

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[_key(name)] for name in self.asked}

    @property
    def chosen_files(self) -> list[CaseFile]:
        chosen = self.cleaned_data.get("files", [])
        return [self.documents[key] for key in chosen]


def _key(name: str) -> str:
    return f"word{GIVEN.index(name)}"


def _word(name: str, typed: str) -> forms.CharField:
    meaning = letter_fields()[name].meaning.text(get_language() or "zh-hans")
    widget = forms.TextInput() if name in SHORT else forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=name,
        help_text=meaning,
        initial=typed,
        required=False,
        max_length=MOST_SIGNS,
        widget=widget,
    )


def _grounds(case: Case, reply: Reply) -> forms.MultipleChoiceField:
    language = get_language() or "zh-hans"
    return forms.MultipleChoiceField(
        label=_("Grounds of what stays closed"),
        choices=[
            (one.code, f"{one.code} {one.label.text(language)}")
            for one in replies.grounds_of(case)
        ],
        initial=reply.withheld,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kept with the case, and never counted beside its one result."),
    )


def _documents(
    documents: dict[str, CaseFile], reply: Reply
) -> forms.MultipleChoiceField:
    for file in documents.values():
        file.case = reply.case
    return forms.MultipleChoiceField(
        label=_("Documents that go out"),
        choices=[(key, name_of(file)) for key, file in documents.items()],
        initial=[str(one) for one in reply.files.values_list("pk", flat=True)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
