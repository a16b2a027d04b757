from django.dispatch import receiver

from gongkai.agencies.models import Agency
from gongkai.agencies.signals import agency_added
from gongkai.items.services.setting_up import make_standard_set_up


@receiver(agency_added)
def set_up(agency: Agency, **kwargs: object) -> None:
    make_standard_set_up(agency)
