from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum.cn import uscc

from gongkai.accounts.models import Person
from gongkai.agencies.administration import (
    administers,
    check_administrator_remains,
    check_not_ended,
    check_not_own_administration,
)
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.rules import check_index_template
from gongkai.agencies.scope import Scope
from gongkai.agencies.signals import agency_added
from gongkai.audit import services as audit


@transaction.atomic
def add_agency(*, by: Scope, parent: Agency | None, **fields: object) -> Agency:
    """A new agency below ``parent``, or a new root of the tree.

    Raises PermissionDenied, and ValidationError for a bad code, address or date.
    """
    _check_administers(by, parent)
    agency = Agency(**_normalised(fields))
    _check_fields(agency)
    if parent is None:
        Agency.objects.add_root(instance=agency)
    else:
        fresh = Agency.objects.get(pk=parent.pk)
        Agency.objects.add_child(fresh, instance=agency)
    agency_added.send(Agency, agency=agency, by=by)
    audit.record("agency.added", about=agency, user_id=by.user_id, agency_id=agency.pk)
    return agency


@transaction.atomic
def change_agency(*, by: Scope, agency: Agency, **fields: object) -> Agency:
    """Change an agency's name, profile or dates; raises as ``add_agency``."""
    _check_administers(by, agency)
    for name, value in _normalised(fields).items():
        setattr(agency, name, value)
    _check_fields(agency)
    agency.save(update_fields=list(fields))
    Agency.objects.filter(pk=agency.pk).touch()
    audit.record(
        "agency.changed",
        about=agency,
        user_id=by.user_id,
        agency_id=agency.pk,
        data={"fields": sorted(fields)},
    )
    return agency


@transaction.atomic
def appoint(
    *, by: Scope, person: Person, agency: Agency, role: Role, starts_on: date
) -> Post:
    """Give a person a post; the same post held already is left as it is.

    Raises PermissionDenied, also where administrators would appoint themselves: who
    sets up the posts must not decide with them (the separated roles of GB/T 22239).
    """
    _check_administers(by, agency)
    if by.person_id is not None and by.person_id == person.pk:
        raise PermissionDenied
    post, made = Post.objects.get_or_create(
        person=person,
        agency=agency,
        role=role,
        ends_on=None,
        defaults={"starts_on": starts_on},
    )
    if made:
        audit.record(
            "post.given",
            about=post,
            user_id=by.user_id,
            agency_id=agency.pk,
            data={"person": person.pk, "role": role},
        )
    return post


@transaction.atomic
def end_post(*, by: Scope, post: Post, ends_on: date) -> Post:
    """End a post; from ``ends_on`` on the person holds it no more.

    Raises PermissionDenied, and ValidationError where the post ended already or where
    nobody would administer the agency any longer.
    """
    _check_administers(by, post.agency)
    check_not_ended(post, timezone.localdate())
    if post.role == Role.ADMINISTRATOR:
        check_not_own_administration(by, post)
        check_administrator_remains(post.agency, post.person_id, ends_on)
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    audit.record(
        "post.ended",
        about=post,
        user_id=by.user_id,
        agency_id=post.agency_id,
        data={"ends_on": ends_on},
    )
    return post


def _normalised(fields: dict[str, object]) -> dict[str, object]:
    if code := fields.get("uscc"):
        return {**fields, "uscc": uscc.compact(str(code))}
    return fields


def _check_fields(agency: Agency) -> None:
    agency.clean_fields(exclude=["path", "depth", "numchild"])
    agency.validate_unique(exclude=["path"])
    try:
        check_index_template(agency.index_template)
    except ValidationError as error:
        raise ValidationError({"index_template": error}) from error
    twins = Agency.objects.filter(uscc=agency.uscc).exclude(pk=agency.pk)
    if agency.uscc and (twin := twins.first()) is not None:
        raise ValidationError(
            {
                "uscc": _("%(code)s is the code of %(agency)s already. Check both.")
                % {"code": agency.uscc, "agency": twin.name}
            }
        )
    _check_merger(agency)
    begun, ended = agency.established_on, agency.dissolved_on
    if begun and ended and ended < begun:
        raise ValidationError(
            {
                "dissolved_on": _("%(end)s is before it began, %(begin)s. Check both.")
                % {"end": ended.isoformat(), "begin": begun.isoformat()}
            }
        )


def _check_merger(agency: Agency) -> None:
    """Into another body of the tree, as of a day, and never round in a circle."""
    if agency.merged_into is None:
        return
    if agency.dissolved_on is None:
        told = {"agency": agency.merged_into.name}
        sentence = _("Enter since when %(agency)s does its work: the day it dissolved.")
        raise ValidationError({"dissolved_on": sentence % told})
    body: Agency | None = agency.merged_into
    while body is not None and body.pk != agency.pk:
        body = body.merged_into
    if body is not None:
        told = {"agency": agency.merged_into.name}
        sentence = _("%(agency)s was itself merged into this body. Check both.")
        raise ValidationError({"merged_into": sentence % told})


def _check_administers(by: Scope, agency: Agency | None) -> None:
    if not administers(by, agency):
        raise PermissionDenied
