from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "gongkai.search"

    def ready(self) -> None:
        post_migrate.connect(make_index, sender=self, dispatch_uid="search.index")


def make_index(using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """(Re)make what Django's models cannot say; empties it after a flush."""
    from gongkai.search import engines

    if using == DEFAULT_DB_ALIAS and engines.has_tables():
        engines.current().make()
