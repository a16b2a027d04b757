from typing import Any

from django import forms
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


class AccountForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Told there when something waits; never what."),
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 10 characters of three kinds."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
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
