"""The questions of the online form, and those of the page of a case."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc

from gongkai.applications.choices import ApplicantKind, FileKind, IdentityKind
from gongkai.applications.intake import Typed
from gongkai.applications.services.registering import SUBJECT_LENGTH

_PHONE = re.compile(r"\+?[0-9][0-9 \-()（）转]{5,29}")
_PERSONS = (
    IdentityKind.RESIDENT_ID,
    IdentityKind.PASSPORT,
    IdentityKind.HK_MACAO,
    IdentityKind.TAIWAN,
    IdentityKind.OTHER,
)


def _text(label: Any, most: int, **told: Any) -> forms.CharField:
    complete = told.pop("autocomplete", "off")
    attrs = {"autocomplete": complete, **told.pop("attrs", {})}
    return forms.CharField(
        label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **told
    )


def _long_text(label: Any, most: int, rows: int = 6, **told: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **told)


def _yes_or_no(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=(("no", no), ("yes", yes)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )


class Question(forms.Form):
    """A page of the form. What it asks may hang on what was typed before."""

    sizes: ClassVar[dict[str, str]] = {}

    def __init__(self, data: Any = None, *, typed: Typed, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.typed = typed

    @property
    def raw(self) -> dict[str, str]:
        """What was typed as it was typed, to be kept for coming back."""
        return {name: str(self.data.get(name, "")).strip() for name in self.fields}

    @property
    def answers(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items()}


class MatterForm(Question):
    subject = _text(
        _("Title or name of the information"),
        SUBJECT_LENGTH,
        help_text=_(
            "As precisely as you know it, for example “2025 allocation of farm "
            "subsidies by township”. Leave out names and numbers of persons here: put "
            "them into the description."
        ),
        error_messages={
            "required": _("Write the title or name of the information you look for.")
        },
    )
    doc_no = _text(
        _("Document number (文号)"),
        80,
        required=False,
        help_text=_("If you know it, for example 青政发〔2026〕12号."),
    )
    description = _long_text(
        _("Anything else that helps to find it"),
        3000,
        required=False,
        help_text=_(
            "Year, place, project, what it is about. The clearer it is, the less "
            "likely the office has to ask you for a correction (补正)."
        ),
    )


class MoreForm(Question):
    more = _yes_or_no(
        _("Do you want to ask for another matter?"),
        _("Yes, add another matter"),
        _("No, go on"),
    )


class WhoForm(Question):
    kind = forms.ChoiceField(
        label=_("Applicant"),
        choices=[
            (ApplicantKind.NATURAL_PERSON, "自然人"),
            (ApplicantKind.ENTERPRISE, "法人或其他组织 · 商业企业"),
            (ApplicantKind.RESEARCH, "法人或其他组织 · 科研机构"),
            (ApplicantKind.SOCIAL_WELFARE, "法人或其他组织 · 社会公益组织"),
            (ApplicantKind.LEGAL_SERVICE, "法人或其他组织 · 法律服务机构"),
            (ApplicantKind.OTHER_ORG, "法人或其他组织 · 其他"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who applies.")},
    )


class PersonForm(Question):
    sizes: ClassVar = {
        "name": "medium",
        "identity_kind": "medium",
        "identity_no": "medium",
    }
    name = _text(
        _("Your name"),
        80,
        autocomplete="name",
        help_text=_("As it stands on your document."),
        error_messages={"required": _("Write your name.")},
    )
    identity_kind = forms.ChoiceField(
        label=_("Document of identity"),
        choices=[(kind.value, kind.label) for kind in _PERSONS],
        initial=IdentityKind.RESIDENT_ID,
    )
    identity_no = _text(
        _("Number of the document"),
        40,
        error_messages={"required": _("Write the number of your document.")},
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        number = told.get("identity_no", "")
        if told.get("identity_kind") == IdentityKind.RESIDENT_ID and number:
            try:
                told["identity_no"] = resident_number(number)
            except ValidationError as error:
                self.add_error("identity_no", error)
        return told


class OrganisationForm(Question):
    sizes: ClassVar = {"identity_kind": "medium", "identity_no": "medium"}
    name = _text(
        _("Name of the organisation"),
        120,
        autocomplete="organization",
        help_text=_("As it stands on its certificate."),
        error_messages={"required": _("Write the name of the organisation.")},
    )
    identity_kind = forms.ChoiceField(
        label=_("Document of identity"),
        choices=[
            (IdentityKind.USCC.value, IdentityKind.USCC.label),
            (IdentityKind.OTHER.value, IdentityKind.OTHER.label),
        ],
        initial=IdentityKind.USCC,
    )
    identity_no = _text(
        _("Number of the document"),
        40,
        help_text=_("The unified social credit code has 18 characters."),
        error_messages={"required": _("Write the number of the document.")},
    )
    contact_person = _text(
        _("Who speaks for the organisation"),
        80,
        autocomplete="name",
        error_messages={"required": _("Write whom the office may turn to.")},
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        number = told.get("identity_no", "")
        if told.get("identity_kind") == IdentityKind.USCC and number:
            try:
                told["identity_no"] = credit_code(number)
            except ValidationError as error:
                self.add_error("identity_no", error)
        return told


class AgentForm(Question):
    sizes: ClassVar = {"agent_name": "medium", "agent_identity_no": "medium"}
    has_agent = _yes_or_no(
        _("Does somebody else apply for the applicant?"),
        _("Yes, an agent (代理人) sends this application"),
        _("No, the applicant applies in person"),
    )
    agent_name = _text(_("Name of the agent"), 80, required=False)
    agent_identity_no = _text(
        _("Document number of the agent"),
        40,
        required=False,
        help_text=_("Add the power of attorney (授权委托书) among the files."),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("has_agent") != "yes":
            return told
        if not told.get("agent_name"):
            self.add_error("agent_name", _("Write the name of the agent."))
        number = told.get("agent_identity_no", "")
        if not number:
            self.add_error(
                "agent_identity_no", _("Write the document number of the agent.")
            )
        elif re.fullmatch(r"[0-9]{17}[0-9Xx]", number):
            try:
                told["agent_identity_no"] = resident_number(number)
            except ValidationError as error:
                self.add_error("agent_identity_no", error)
        return told


class ContactForm(Question):
    sizes: ClassVar = {"phone": "medium", "email": "medium", "postcode": "short"}
    phone = _text(
        _("Telephone"),
        30,
        required=False,
        autocomplete="tel",
        attrs={"inputmode": "tel"},
        help_text=_("So that the office can ask you back."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "You are told there that there is something to read, never what it says."
        ),
    )
    address = _text(
        _("Postal address"),
        200,
        required=False,
        autocomplete="street-address",
        help_text=_("Needed if you want the answer by post."),
    )
    postcode = _text(
        _("Postcode"),
        6,
        required=False,
        autocomplete="postal-code",
        attrs={"inputmode": "numeric"},
    )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(
                gettext(
                    "“%(phone)s” is not a telephone number. Write digits, with the "
                    "area code for a landline, such as 13800138000 or 0999-1234567."
                )
                % {"phone": phone}
            )
        return phone

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"]
        if postcode and not re.fullmatch("[0-9]{6}", postcode):
            raise ValidationError(
                gettext("“%(postcode)s” is not a postcode. It has six digits.")
                % {"postcode": postcode}
            )
        return postcode

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not told.get("phone") and not told.get("email"):
            self.add_error(
                "phone",
                _(
                    "Write a telephone number or an e-mail address, so that the office "
                    "can reach you."
                ),
            )
        return told


class DeliveryForm(Question):
    way = forms.ChoiceField(
        label=_("Form and route"),
        choices=(
            ("email", _("电子邮件 · 网络: sent by e-mail, and to download here")),
            ("paper-post", _("纸质 · 邮寄: on paper by post")),
            ("paper-collect", _("纸质 · 自行领取: on paper, fetched at the office")),
            ("disc-post", _("光盘 · 邮寄: on a disc by post")),
            ("disc-collect", _("光盘 · 自行领取: on a disc, fetched at the office")),
            ("on-site", _("查阅抄录: read and copied at the office")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want the information.")},
    )

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        lacks = self.typed.lacks_contact(way)
        if lacks == "address":
            raise ValidationError(
                gettext(
                    "You want it by post but gave no postal address. Add one under "
                    "“Contact”, or choose another way."
                )
            )
        if lacks == "email":
            raise ValidationError(
                gettext(
                    "You want it by e-mail but gave no e-mail address. Add one under "
                    "“Contact”, or choose another way."
                )
            )
        return way


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesForm(Question):
    """The files themselves are checked and kept one by one, by the view."""

    kind = forms.ChoiceField(
        label=_("What you add"),
        choices=(
            (FileKind.IDENTITY.value, _("A copy of the document of identity")),
            (
                FileKind.ATTACHMENT.value,
                _("Something else, such as a power of attorney"),
            ),
        ),
        widget=forms.RadioSelect,
        initial=FileKind.IDENTITY.value,
    )
    files = forms.Field(  # type: ignore[assignment]
        label=_("Files"),
        required=False,
        widget=ManyFiles,
        help_text=_(
            "PDF, Word, Excel, picture or zip; up to 20 MB each and 10 in all."
        ),
    )

    nothing_chosen = _("Choose a file first.")


class QueryForm(forms.Form):
    """Number and query code, as they stand on the receipt."""

    number = _text(
        _("Case number (受理编号)"),
        60,
        help_text=_("For example QINGHE-2026-0012."),
        error_messages={"required": _("Write the case number of your receipt.")},
        attrs={"spellcheck": "false", "autocapitalize": "characters"},
    )
    code = _text(
        _("Query code (查询码)"),
        20,
        help_text=_("Ten letters and digits."),
        error_messages={"required": _("Write the query code of your receipt.")},
        attrs={"spellcheck": "false", "autocapitalize": "characters"},
    )


class ReturnForm(forms.Form):
    """The code that the page "saved" showed."""

    code = _text(
        _("Code of the saved application"),
        40,
        help_text=_("Twenty letters and digits; hyphens and capitals do not matter."),
        error_messages={"required": _("Write the code that you kept.")},
        attrs={"spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"},
    )


class CorrectionForm(forms.Form):
    text = _long_text(
        _("Corrected description"),
        5000,
        required=False,
        help_text=_("Answer what the notice asks. A file may stand for it."),
    )
    files = forms.Field(  # type: ignore[assignment]
        label=_("Files"),
        required=False,
        widget=ManyFiles,
        help_text=_(
            "PDF, Word, Excel, picture or zip; up to 20 MB each and 10 in all."
        ),
    )


class ReasonsForm(forms.Form):
    text = _long_text(
        _("Your reasons"),
        5000,
        help_text=_("Why you apply for so much or so often. Nothing else is asked."),
        error_messages={"required": _("Write your reasons.")},
    )


class WithdrawForm(forms.Form):
    text = _text(
        _("Remark"), 500, required=False, help_text=_("You need not give a reason.")
    )


class RateForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("How content are you with how this case was handled?"),
        coerce=int,
        choices=(
            (5, _("5 · very content")),
            (4, _("4 · content")),
            (3, _("3 · neither")),
            (2, _("2 · not content")),
            (1, _("1 · not content at all")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from 1 to 5.")},
    )


def resident_number(number: str) -> str:
    """Without spaces, X large; raises ValidationError. GB 11643, modulus 11-2."""
    plain = number.replace(" ", "").upper()
    if not ric.is_valid(plain):
        raise ValidationError(
            gettext(
                "“%(number)s” is not a resident identity number: it has 18 "
                "characters, and the last one checks the others. Compare it with "
                "your card."
            )
            % {"number": number}
        )
    return plain


def credit_code(number: str) -> str:
    """Without spaces, large letters; raises ValidationError. GB 32100, modulus 31."""
    plain = number.replace(" ", "").upper()
    if not uscc.is_valid(plain):
        raise ValidationError(
            gettext(
                "“%(number)s” is not a unified social credit code: it has 18 "
                "characters, and the last one checks the others. Compare it with the "
                "certificate."
            )
            % {"number": number}
        )
    return plain
