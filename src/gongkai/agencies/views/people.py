"""People: who works here, with which account; what an administrator does for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.models import Person, User
from gongkai.accounts.services import TEMPORARY_FOR
from gongkai.agencies import accounts, people, services
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.administration import administers, keeps_accounts_of, not_ended
from gongkai.agencies.forms import (
    AccountForm,
    EndPostForm,
    FurtherPostForm,
    NewPersonForm,
    PeopleFilter,
    RenameForm,
)
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.views.appointing import after_appointment, appointed
from gongkai.agencies.views.refusals import add_errors
from gongkai.registry.access import staff

PAGE_SIZE = 50


@staff(Role.ADMINISTRATOR)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """50 a page; 12 queries, however many people."""
    scope, today = scope_of_request(request), timezone.localdate()
    filters = PeopleFilter(_agencies(request), request.GET)
    chosen = people.found(scope, filters, today)
    page = Paginator(people.with_posts_and_accounts(chosen, scope), PAGE_SIZE).get_page(
        request.GET.get("page", "1")
    )
    context = {
        "filters": filters,
        "page_obj": page,
        "rows": people.rows(list(page.object_list), today),
        "is_filtered": any(filters.value(name) for name in filters.fields),
    }
    return render(request, "agencies/people.html", context)


@staff(Role.ADMINISTRATOR)
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    found, scope = _person(request, person_id), scope_of_request(request)
    today = timezone.localdate()
    row = people.rows([found], today)[0]
    elsewhere = Post.objects.filter(not_ended(today), person=found)
    context = {
        "person": found,
        "row": row,
        "former": [post for post in found.posts.all() if post not in row.posts],
        "works_elsewhere": elsewhere.exclude(scope.administering()).exists(),
        "is_own": found.pk == scope.person_id,
        "may_keep": keeps_accounts_of(scope, found),
        "crumbs": _crumbs(found),
    }
    return render(request, "agencies/person.html", context)


@staff(Role.ADMINISTRATOR)
def add(request: HttpRequest) -> HttpResponse:
    """A person with their first post; the account is the next page."""
    form = NewPersonForm(
        _agencies(request),
        request.POST or None,
        initial={"starts_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        post = appointed(request, form, form.cleaned_data["agency"])
        if post is not None:
            return after_appointment(request, post)
    context = {
        "form": form,
        "title": _("Add a person"),
        "act": _("Add the person"),
        "back": reverse("agencies:people"),
        "crumbs": _crumbs(None, _("Add a person")),
    }
    return render(request, "agencies/person_form.html", context)


@staff(Role.ADMINISTRATOR)
def rename(request: HttpRequest, person_id: int) -> HttpResponse:
    found = _kept(request, _person(request, person_id))
    form = RenameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        accounts.rename_person(
            by=scope_of_request(request), person=found, name=form.cleaned_data["name"]
        )
        messages.success(request, _("The name was corrected."))
        return _to(found)
    context = {
        "form": form,
        "title": _("Correct the name of %(name)s") % {"name": found.name},
        "act": _("Correct the name"),
        "back": reverse("agencies:person", args=[found.pk]),
        "crumbs": _crumbs(found, _("Correct the name")),
    }
    return render(request, "agencies/person_form.html", context)


@staff(Role.ADMINISTRATOR)
def give_post(request: HttpRequest, person_id: int) -> HttpResponse:
    found, scope = _person(request, person_id), scope_of_request(request)
    if found.pk == scope.person_id:
        raise PermissionDenied(
            _("Nobody gives a post to themselves. Ask another administrator.")
        )
    form = FurtherPostForm(
        _agencies(request),
        request.POST or None,
        initial={"starts_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        post = services.appoint(
            by=scope,
            person=found,
            agency=told["agency"],
            role=Role(told["role"]),
            starts_on=told["starts_on"],
        )
        messages.success(request, _("The post was given."))
        return after_appointment(request, post)
    context = {
        "form": form,
        "title": _("Give %(name)s a post") % {"name": found.name},
        "act": _("Give the post"),
        "back": reverse("agencies:person", args=[found.pk]),
        "crumbs": _crumbs(found, _("Give a post")),
    }
    return render(request, "agencies/person_form.html", context)


@staff(Role.ADMINISTRATOR)
def end_post(request: HttpRequest, post_id: int) -> HttpResponse:
    scope = scope_of_request(request)
    visible = Agency.objects.in_console_of(scope)
    posts = Post.objects.filter(agency__in=visible).select_related("person", "agency")
    post = get_object_or_404(posts, pk=post_id)
    if not administers(scope, post.agency):
        raise PermissionDenied
    initial = {"ends_on": timezone.localdate()}
    form = EndPostForm(post, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_post(by=scope, post=post, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The post ends as entered."))
            return _to(post.person)
    context = {
        "form": form,
        "back": reverse("agencies:person", args=[post.person_id]),
        "crumbs": _crumbs(post.person, _("End the post")),
        "facts": [
            {"label": pgettext("person", "Name"), "value": post.person.name},
            {"label": _("Post"), "value": post.get_role_display()},
            {"label": _("Agency"), "value": post.agency.name},
            {"label": _("From"), "value": post.starts_on.isoformat()},
        ],
    }
    return render(request, "agencies/end_post.html", context)


@staff(Role.ADMINISTRATOR)
def open_account(request: HttpRequest, person_id: int) -> HttpResponse:
    """The first account of somebody who works here."""
    found = _kept(request, _person(request, person_id))
    if found.accounts.exists():
        raise PermissionDenied(
            _("%(name)s has an account already.") % {"name": found.name}
        )
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = accounts.open_account_for(
                by=scope_of_request(request), person=found, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _hand_over(request, account, password)
    context = {
        "form": form,
        "title": _("Open an account for %(name)s") % {"name": found.name},
        "act": _("Open the account"),
        "back": reverse("agencies:person", args=[found.pk]),
        "crumbs": _crumbs(found, _("Open an account")),
    }
    return render(request, "agencies/person_form.html", context)


@staff(Role.ADMINISTRATOR)
def reset_password(request: HttpRequest, account_id: int) -> HttpResponse:
    account = _account(request, account_id)
    if request.method == "POST":
        password = accounts.reset_password(
            by=scope_of_request(request), account=account
        )
        return _hand_over(request, account, password)
    return _confirm(
        request,
        account,
        title=_("Reset the password of %(name)s"),
        act=_("Reset the password"),
        consequences=[
            _("The password of now opens the account no more, and a lock ends."),
            _("Whoever is signed in with the account is signed out at once."),
            _(
                "You get a temporary password, shown once. With it nothing can be done "
                "but to choose another."
            ),
        ],
    )


@staff(Role.ADMINISTRATOR)
@require_POST
def unlock(request: HttpRequest, account_id: int) -> HttpResponse:
    account = _account(request, account_id)
    accounts.unlock_account(by=scope_of_request(request), account=account)
    messages.success(request, _("Unlocked. The old password opens the account."))
    return _to(account.person)


@staff(Role.ADMINISTRATOR)
def close_account(request: HttpRequest, account_id: int) -> HttpResponse:
    account = _account(request, account_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            accounts.close_account(by=scope_of_request(request), account=account)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The account is closed."))
            return _to(account.person)
    return _confirm(
        request,
        account,
        form,
        title=_("Close the account of %(name)s"),
        act=_("Close the account"),
        heading=_("What this does"),
        consequences=[
            _("Nobody signs in with it any more."),
            _("Whoever is signed in with the account is signed out at once."),
            _(
                "The posts stay as they are: end those that the person holds no more, "
                "so that nothing waits for them."
            ),
        ],
    )


@staff(Role.ADMINISTRATOR)
def reopen_account(request: HttpRequest, account_id: int) -> HttpResponse:
    account = _account(request, account_id)
    if request.method == "POST":
        password = accounts.reopen_account(
            by=scope_of_request(request), account=account
        )
        return _hand_over(request, account, password)
    return _confirm(
        request,
        account,
        title=_("Open the account of %(name)s again"),
        act=_("Open the account again"),
        heading=_("What this does"),
        consequences=[
            _("With it the person may do again all that their posts allow."),
            _(
                "You get a temporary password, shown once. With it nothing can be done "
                "but to choose another."
            ),
        ],
    )


def _agencies(request: HttpRequest) -> list[Agency]:
    return list(Agency.objects.filter(scope_of_request(request).administering("")))


def _person(request: HttpRequest, person_id: int) -> Person:
    scope = scope_of_request(request)
    mine = people.with_posts_and_accounts(people.looked_after_by(scope), scope)
    return get_object_or_404(mine, pk=person_id)


def _account(request: HttpRequest, account_id: int) -> User:
    mine = people.looked_after_by(scope_of_request(request))
    accounts_of_mine = User.objects.filter(person__in=mine).select_related("person")
    account = get_object_or_404(accounts_of_mine, pk=account_id)
    _kept(request, account.person)
    return account


def _kept(request: HttpRequest, found: Person) -> Person:
    """PermissionDenied, with the reason, where another one keeps the account."""
    scope = scope_of_request(request)
    if found.pk == scope.person_id:
        raise PermissionDenied(
            _("This is your own account. Another administrator does this for you.")
        )
    if not keeps_accounts_of(scope, found):
        raise PermissionDenied(
            _(
                "%(name)s also works for a body that you do not set up. An "
                "administrator of a body above both does this."
            )
            % {"name": found.name}
        )
    return found


def _to(found: Person) -> HttpResponse:
    return redirect("agencies:person", person_id=found.pk)


def _hand_over(request: HttpRequest, account: User, password: str) -> HttpResponse:
    """The only page that ever shows the password; nothing keeps it."""
    context = {
        "account": account,
        "password": password,
        "days": TEMPORARY_FOR.days,
        "crumbs": _crumbs(account.person, _("Temporary password")),
    }
    return render(request, "agencies/temporary_password.html", context)


def _confirm(
    request: HttpRequest,
    account: User,
    form: forms.Form | None = None,
    **told: Any,
) -> HttpResponse:
    found = account.person
    context = {
        **told,
        "title": told["title"] % {"name": found.name},
        "form": form,
        "facts": [
            {"label": pgettext("person", "Name"), "value": found.name},
            {"label": _("Staff number"), "value": found.staff_no},
            {"label": _("User name"), "value": account.username},
        ],
        "cancel_url": reverse("agencies:person", args=[found.pk]),
        "crumbs": _crumbs(found, told["act"]),
    }
    return render(request, "agencies/confirm.html", context)


def _crumbs(found: Person | None, here: str = "") -> list[tuple[str, str]]:
    links = [(_("People"), reverse("agencies:people"))]
    if found is not None and here:
        links.append((found.name, reverse("agencies:person", args=[found.pk])))
    return [*links, (here or (found.name if found else ""), "")]
