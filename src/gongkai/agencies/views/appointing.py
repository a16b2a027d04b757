"""Giving a post, from an agency's page and from the list of people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongkai.accounts.models import Person
from gongkai.accounts.services import add_person
from gongkai.agencies import services
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.administration import keeps_accounts_of
from gongkai.agencies.forms import AppointForm
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role


def appointed(request: HttpRequest, form: AppointForm, agency: Agency) -> Post | None:
    """The post that the valid form gives; None, with an error, to oneself."""
    told, scope = form.cleaned_data, scope_of_request(request)
    own = Person.objects.filter(pk=scope.person_id or 0, staff_no=told["staff_no"])
    if own.exists():
        form.add_error(
            "staff_no",
            _("Nobody gives a post to themselves. Ask another administrator."),
        )
        return None
    post = services.appoint(
        by=scope,
        person=add_person(
            name=told["name"], staff_no=told["staff_no"], by_id=scope.user_id
        ),
        agency=agency,
        role=Role(told["role"]),
        starts_on=told["starts_on"],
    )
    messages.success(request, _("The post was given."))
    return post


def after_appointment(request: HttpRequest, post: Post) -> HttpResponse:
    """To the account that the person needs next, else to the person."""
    needs_account = not post.person.accounts.exists()
    if needs_account and keeps_accounts_of(scope_of_request(request), post.person):
        return redirect("agencies:account-open", person_id=post.person_id)
    return redirect("agencies:person", person_id=post.person_id)
