from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.accounts.models import Person, User
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AgencyForm(forms.ModelForm):
    """Shape only: the credit code, the address and the dates are the service's."""

    class Meta:
        model = Agency
        fields = (
            "name",
            "short_name",
            "kind",
            "uscc",
            "slug",
            "established_on",
            "dissolved_on",
            "merged_into",
            "index_template",
            "office_name",
            "address",
            "phone",
            "fax",
            "email",
            "hours",
            "site_code",
            "icp_no",
            "psb_no",
        )
        widgets = {
            "established_on": DateInput,
            "dissolved_on": DateInput,
        }
        labels = {"slug": _("Web address")}
        help_texts = {
            "uscc": _("18 characters, as on the certificate."),
            "slug": _(
                "Part of every public address of the agency; it never changes "
                "afterwards. Left empty, it is spelled from the name."
            ),
            "dissolved_on": _("From this day on the agency does no new work."),
            "merged_into": _(
                "Its open cases and its figures count with this body's from that day."
            ),
        }

    SECTIONS = (
        (_("Name and place"), ("name", "short_name", "kind", "uscc", "slug")),
        (_("Existence"), ("established_on", "dissolved_on", "merged_into")),
        (
            _("Disclosure office, as printed in the guide"),
            ("office_name", "address", "phone", "fax", "email", "hours"),
        ),
        (
            _("Numbers"),
            ("index_template", "site_code", "icp_no", "psb_no"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["uscc"].validators = []
        self.fields["slug"].validators = []
        if self.instance.pk is None:
            del self.fields["merged_into"]
            return
        # An address once given is part of the public record.
        del self.fields["slug"]
        fields: Any = self.fields
        others = Agency.objects.in_tree_of(self.instance).exclude(pk=self.instance.pk)
        fields["merged_into"].queryset = others

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.SECTIONS
        ]

    def _post_clean(self) -> None:
        """Leaves the model's own checks to the service, which runs them anyhow."""


class AppointForm(forms.Form):
    staff_no = forms.CharField(
        label=_("Staff number"),
        max_length=40,
        help_text=_("One number a person, whatever posts and accounts they have."),
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    role = forms.ChoiceField(label=_("Post"), choices=Role.choices)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        known = Person.objects.filter(staff_no=told.get("staff_no", "")).first()
        if known is not None and told.get("name") not in {None, known.name}:
            self.add_error(
                "name",
                _(
                    "Staff number %(number)s belongs to somebody of another name. "
                    "Check both."
                )
                % {"number": known.staff_no},
            )
        return told


class NewPersonForm(AppointForm):
    """As at the agency's own page, with the agency to choose."""

    field_order = ("staff_no", "name", "agency", "role", "starts_on")

    def __init__(self, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = AgencyChoice(agencies)
        self.order_fields(self.field_order)


class FurtherPostForm(forms.Form):
    role = forms.ChoiceField(label=_("Post"), choices=Role.choices)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)

    def __init__(self, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = AgencyChoice(agencies)
        self.order_fields(("agency", "role", "starts_on"))


class AgencyChoice(forms.TypedChoiceField):
    """One of the agencies at hand, read once; cleaned to the agency itself."""

    def __init__(self, agencies: Sequence[Agency], **kwargs: Any) -> None:
        known = {str(agency.pk): agency for agency in agencies}
        choices = [(pk, agency.name) for pk, agency in known.items()]
        super().__init__(
            label=_("Agency"),
            choices=[*kwargs.pop("blank", []), *choices],
            coerce=known.get,
            empty_value=None,
            **kwargs,
        )


class RenameForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=60,
        help_text=_("Records that the person signed show the new name, too."),
    )


class State(models.TextChoices):
    """What an administrator looks for in the list of people."""

    IN_OFFICE = "", _("Holds a post")
    FORMER = "former", _("Held a post before")
    NO_ACCOUNT = "none", _("Without an account")
    LOCKED = "locked", _("Locked after wrong passwords")
    CLOSED = "closed", _("Account closed")


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Name, number or user name"), required=False)
    role = forms.ChoiceField(label=_("Post"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=State.choices, required=False)

    def __init__(self, agencies: Sequence[Agency], data: Any) -> None:
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["agency"] = AgencyChoice(agencies, blank=every, required=False)
        self.fields["role"].choices = [*every, *Role.choices]  # type: ignore[attr-defined]
        self.is_valid()

    def value(self, name: str) -> Any:
        """What the address asks for; None where it asks for nothing that exists."""
        return self.cleaned_data.get(name) or None


class AccountForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Told there when something waits; never what."),
    )

    def clean_username(self) -> str:
        name: str = User.normalize_username(self.cleaned_data["username"].strip())
        return name


class EndPostForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Until"),
        widget=DateInput,
        help_text=_("From this day on the person holds the post no more."),
    )

    def __init__(self, post: Post, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.post = post

    def clean_ends_on(self) -> Any:
        ends_on = self.cleaned_data["ends_on"]
        if ends_on < self.post.starts_on:
            raise forms.ValidationError(
                _("%(day)s is before the post began, %(start)s. Check it.")
                % {
                    "day": ends_on.isoformat(),
                    "start": self.post.starts_on.isoformat(),
                }
            )
        return ends_on
