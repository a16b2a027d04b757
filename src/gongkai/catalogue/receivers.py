from django.dispatch import receiver

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.agencies.signals import agency_added
from gongkai.catalogue import services


@receiver(agency_added)
def give_columns(agency: Agency, by: Scope, **kwargs: object) -> None:
    services.make_standard_columns(agency)
