from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.services import add_person, open_account
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM
from gongkai.agencies.services import add_agency, appoint
from gongkai.agencies.slugs import free_slug


class Command(BaseCommand):
    help = "Make the first agency of a tree and the administrator who sets it up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="full name of the body")
        parser.add_argument(
            "--slug", help="its address; made from the name if left out"
        )
        parser.add_argument("--name", required=True, help="the administrator's name")
        parser.add_argument("--staff-no", required=True)
        parser.add_argument("--username", required=True)
        parser.add_argument("--password", help="asked for when left out")

    def handle(self, *args: Any, **told: Any) -> None:
        password = told["password"] or getpass("Password: ")
        try:
            self._make(told, password)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{told['username']} can sign in.")

    @transaction.atomic
    def _make(self, told: dict[str, Any], password: str) -> None:
        agency = Agency.objects.filter(name=told["agency"]).first() or add_agency(
            by=SYSTEM,
            parent=None,
            name=told["agency"],
            slug=told["slug"] or free_slug(told["agency"]),
            kind=AgencyKind.GOVERNMENT,
        )
        person = add_person(name=told["name"], staff_no=told["staff_no"], by_id=None)
        open_account(
            person=person, username=told["username"], password=password, by_id=None
        )
        appoint(
            by=SYSTEM,
            person=person,
            agency=agency,
            role=Role.ADMINISTRATOR,
            starts_on=timezone.localdate(),
        )
