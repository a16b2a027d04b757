from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "gongkai.audit"
    append_only = ("Event",)

    def ready(self) -> None:
        from gongkai.audit import guards

        # Without a sender: the last app to migrate must find its guard again, since
        # a table rebuild on SQLite drops triggers without a word.
        post_migrate.connect(guards.after_migrate, dispatch_uid="audit.guards")
