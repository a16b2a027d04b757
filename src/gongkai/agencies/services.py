from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from stdnum.cn import uscc

from gongkai.accounts.models import Person
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.agencies.signals import agency_added
from gongkai.audit import services as audit


@transaction.atomic
def add_agency(*, by: Scope, parent: Agency | None, **fields: object) -> Agency:
    """A new agency below ``parent``, or a new root of the tree.

    Raises PermissionDenied, and ValidationError for a bad code, address or date.
    """
    _check_administers(by, parent)
    agency = Agency(**_normalised(fields))
    agency.clean_fields(exclude=["path", "depth", "numchild"])
    agency.validate_unique(exclude=["path"])
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
    agency.clean_fields(exclude=["path", "depth", "numchild"])
    agency.validate_unique(exclude=["path"])
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
    """End a post; from ``ends_on`` on the person holds it no more."""
    _check_administers(by, post.agency)
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    audit.record("post.ended", about=post, user_id=by.user_id, agency_id=post.agency_id)
    return post


def _normalised(fields: dict[str, object]) -> dict[str, object]:
    if code := fields.get("uscc"):
        return {**fields, "uscc": uscc.compact(str(code))}
    return fields


def _check_administers(by: Scope, agency: Agency | None) -> None:
    if by is SYSTEM:
        return
    if agency is None or not by.holds_above(agency, Role.ADMINISTRATOR):
        raise PermissionDenied
