"""Shapes of what the console's item pages take; what may be, the services decide."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from gongkai.agencies.forms import DateInput
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS, Role
from gongkai.catalogue.models import Column
from gongkai.catalogue.tree import branches
from gongkai.items.choices import (
    GENRES,
    TOPICS,
    Attribute,
    Channel,
    Kind,
    StepKind,
    Validity,
)
from gongkai.items.models import Draft, Finding, Outlet
from gongkai.items.reading.docx import read_docx
from gongkai.items.reading.problems import ReadingError

# What the sanitiser lets through and the editor can show; a name left out here is
# taken out of the text without a word. TextStyle and Color would need inline styles.
EDITOR_EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Underline": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Image": {"inline": True},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Caption": True,
}
NOTHING = ("", "———")
DRAFT_FORM = "draft"


def column_choices(agency: Agency) -> list[tuple[int, str]]:
    """The agency's columns in use that hold items, indented as on its pages."""
    found = Column.objects.filter(agency=agency).in_use()
    return [
        (branch.column.pk, "　" * branch.depth + branch.column.name)
        for branch in branches(found)
        if branch.column.holds_items
    ]


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in uploads if one]


class NewItemForm(forms.Form):
    column = forms.TypedChoiceField(label=_("Column"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    document = forms.FileField(
        label=_("Word file"),
        required=False,
        help_text=_(
            "A .docx: title, document number, date and text are read from it. "
            "Everything can be changed afterwards."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [NOTHING, *column_choices(agency)]
        self.fields["column"].choices = choices  # type: ignore[attr-defined]

    def clean_document(self) -> Any:
        upload = self.cleaned_data["document"]
        if upload:
            # Nothing is started for a file that cannot be read.
            _check_readable(upload)
        return upload


def _check_readable(upload: Any) -> None:
    try:
        read_docx(upload.read())
    except ReadingError as error:
        raise forms.ValidationError(error.message) from error
    finally:
        upload.seek(0)


class DraftForm(forms.ModelForm):
    """The draft as its author sees it. Never saves: ``save_draft`` does."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    body = ProseEditorFormField(
        label=_("Text"), required=False, config={"extensions": EDITOR_EXTENSIONS}
    )
    topic = forms.ChoiceField(label=_("Topic class"), required=False)
    genre = forms.ChoiceField(label=_("Genre"), required=False)
    # Django takes the fields off the class; ``form.files`` stays the uploads.
    files = FilesField(label=_("Add attachments"), required=False)  # type: ignore[assignment]
    document = forms.FileField(
        label=_("Word file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    class Meta:
        model = Draft
        fields = (
            "title",
            "body",
            "public_note",
            "column",
            "kind",
            "attribute",
            "ground",
            "reason",
            "doc_no",
            "issuer",
            "made_on",
            "genre",
            "topic",
            "keywords",
            "audience",
            "summary",
            "source",
            "effective_on",
            "expires_on",
        )
        widgets: ClassVar = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "title-input"}),
            "public_note": forms.Textarea(attrs={"rows": 2}),
            "attribute": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "made_on": DateInput,
            "effective_on": DateInput,
            "expires_on": DateInput,
        }
        help_texts: ClassVar = {
            "public_note": _("Told to the public with the correction: what and why."),
            "doc_no": _("Such as 青政发〔2026〕12号."),
            "keywords": _("Set apart by spaces."),
            "reason": _("For the reviewers and the record; never shown outside."),
        }

    # A draft may be saved without them, but not handed in; see rules.
    NEEDED: ClassVar = {
        "title": _("(needed to hand in)"),
        "column": _("(needed to hand in)"),
        "public_note": _("(needed to hand in)"),
        "body": _("(needed, or an attachment)"),
        "ground": _("(needed unless proactive)"),
        "reason": _("(needed unless proactive)"),
    }
    SUBJECT = ("column", "kind", "attribute", "ground", "reason")
    DOCUMENT = ("doc_no", "issuer", "made_on", "genre", "effective_on", "expires_on")
    DESCRIPTION = ("topic", "keywords", "audience", "summary", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        self.fields["topic"].choices = _with_own(TOPICS, draft.topic)  # type: ignore[attr-defined]
        self.fields["genre"].choices = _with_own(GENRES, draft.genre)  # type: ignore[attr-defined]
        column = self.fields["column"]
        column.queryset = Column.objects.filter(agency_id=draft.item.agency_id)  # type: ignore[attr-defined]
        column.required = False
        choices: Any = [NOTHING, *column_choices(draft.item.agency)]
        column.choices = choices  # type: ignore[attr-defined]
        if not draft.item.first_published_at:
            del self.fields["public_note"]
        self.initial["revision"] = draft.revision
        for name, field in self.fields.items():
            field.widget.attrs["form"] = DRAFT_FORM
            field.needed = self.NEEDED.get(name)  # type: ignore[attr-defined]

    def told(self) -> dict[str, object]:
        """What the service takes, without the uploads and the revision."""
        names = set(self.Meta.fields) & set(self.fields)
        return {name: self.cleaned_data[name] for name in names}

    def subject(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SUBJECT]

    def document_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DOCUMENT]

    def description(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DESCRIPTION]

    def _post_clean(self) -> None:
        """Leaves the draft as it is: saving is the service's, with its revision."""


def _with_own(listed: Iterable[str], own: str) -> list[tuple[str, str]]:
    """A place's own word stays choosable beside the State Council's."""
    words = [*listed]
    if own and own not in words:
        words.append(own)
    return [NOTHING, *((word, word) for word in words)]


class SubmitForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """A reviewer's opinion, and a reason for each finding that is still open."""

    content_hash = forms.CharField(widget=forms.HiddenInput)
    opinion = forms.CharField(
        label=_("Opinion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to return it."),
    )

    def __init__(self, findings: Iterable[Finding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for finding in findings:
            self.fields[reason_name(finding.pk)] = forms.CharField(
                label=_("Why it may go on"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "form": "decision"}),
            )


def reason_name(finding_id: int) -> str:
    return f"reason-{finding_id}"


class PlanForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Publish at"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
        ),
        help_text=_("Beijing time, in the coming minutes, days or months."),
    )

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        return at if timezone.is_aware(at) else timezone.make_aware(at)


class ReleaseForm(forms.Form):
    outlet = forms.ModelChoiceField(
        label=_("Outlet"), queryset=Outlet.objects.none(), empty_label="———"
    )
    on = forms.DateField(label=_("Date"), widget=DateInput)
    proof_url = forms.URLField(
        assume_scheme="https",
        label=_("Address of the page"),
        required=False,
        max_length=500,
    )
    proof_note = forms.CharField(
        label=_("Issue, page or other proof"), required=False, max_length=200
    )
    proof = forms.FileField(label=_("Scan or screenshot"), required=False)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outlets = agency.outlets.filter(is_own_site=False, retired_on__isnull=True)
        self.fields["outlet"].queryset = outlets  # type: ignore[attr-defined]

    @property
    def has_outlets(self) -> bool:
        return bool(self.fields["outlet"].queryset)  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label=_("Public note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It stays at the address of the item for everybody to read: what was "
            "withdrawn, by whom and why. Name no person and no secret."
        ),
    )


class RepealForm(forms.Form):
    validity = forms.ChoiceField(
        label=_("Validity"),
        choices=[(Validity.REPEALED, "已废止"), (Validity.LAPSED, "已失效")],
        widget=forms.RadioSelect,
        initial=Validity.REPEALED,
    )
    on = forms.DateField(label=_("From"), widget=DateInput)
    note = forms.CharField(
        label=_("Public note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown above the title: by which document, and what applies now."),
    )


class FlowStepForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Step"),
        choices=[
            NOTHING,
            *(one for one in StepKind.choices if one[0] != StepKind.VOUCHING),
        ],
    )
    role = forms.ChoiceField(
        label=_("Post"),
        choices=[NOTHING, *(one for one in Role.choices if one[0] in READERS)],
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False
    )

    def __init__(self, *args: Any, own: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.exclude(pk=own.pk)
        field.empty_label = _("this agency")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("agency") and told.get("kind") != StepKind.CONSENT:
            self.add_error(
                "agency", _("Only a consent is asked of another body. Leave it empty.")
            )
        if told.get("kind") == StepKind.CONSENT and not told.get("agency"):
            self.add_error("agency", _("Choose the body whose consent is asked."))
        return told


class FlowSteps(forms.BaseFormSet):
    """The steps as rows of a table: each field is named by its column and row."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        own = {"ORDER": _("Order"), "DELETE": _("Remove")}
        for name, field in form.fields.items():
            label = own.get(name, field.label)
            field.widget.attrs["aria-label"] = f"{label} {(index or 0) + 1}"


class OutletForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=Channel.choices,
        help_text=_("The row of the official form that its releases count in."),
    )


class ListFilter(forms.Form):
    """The list's filters as they stand in the address; what does not fit is dropped."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=100)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Kind.choices]
    )
    attribute = forms.ChoiceField(
        label=_("Disclosure attribute"),
        required=False,
        choices=[("", _("all")), *Attribute.choices],
    )
    column = forms.ChoiceField(label=_("Column"), required=False)

    def __init__(self, agencies: Iterable[Agency], acting: Agency | None, data: Any):
        super().__init__(data)
        listed = list(agencies)
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            *((one.slug, one.name) for one in listed),
            ("all", _("all that you read")),
        ]
        slug = data.get("agency") or (acting.slug if acting else "")
        self.chosen = next((one for one in listed if one.slug == slug), None)
        columns: Any = column_choices(self.chosen) if self.chosen else []
        self.fields["column"].choices = [("", _("all")), *columns]  # type: ignore[attr-defined]
        self.is_valid()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")
