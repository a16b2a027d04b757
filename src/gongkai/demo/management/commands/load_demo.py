import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.demo import county, loading


class Command(BaseCommand):
    help = "Load the fictional county of Qinghe, once; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError("The demo's passwords are public: not in production.")
        if loading.is_loaded():
            self.stdout.write("The demo county is there already.")
        else:
            loading.load(timezone.localdate(), self.stdout.write)
        self._write_sign_ins()

    def _write_sign_ins(self) -> None:
        """For `gongkai demo`, which prints them."""
        left = set(
            User.objects.filter(has_demo_password=True).values_list(
                "username", flat=True
            )
        )
        sign_ins = [
            {
                "role": official.posts[0][1].value,
                "name": official.name,
                "username": official.username,
                "password": county.PASSWORD,
            }
            for official in county.COUNTY_OFFICIALS
            if official.username in left
        ]
        path = settings.VAR / "demo.json"
        path.write_text(
            json.dumps({"sign_ins": sign_ins}, ensure_ascii=False), encoding="utf-8"
        )
