"""Case numbers: gapless per agency and year of Asia/Shanghai; query codes."""

from datetime import datetime

from django.utils import timezone
from django.utils.crypto import get_random_string

from gongkai.agencies.models import Agency
from gongkai.registry.counters import next_number
from gongkai.registry.sealing import blind_index

# Nothing that is misread or misheard over the telephone.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


def next_number_of(agency: Agency, now: datetime) -> tuple[str, int, int]:
    """(number, year, serial), taken in the transaction of the registration."""
    year = timezone.localtime(now).year
    serial = next_number(f"case:{agency.pk}:{year}")
    return f"{agency.slug.upper()}-{year}-{serial:04}", year, serial


def new_query_code() -> str:
    """50 bits: too many to try, however slowly."""
    return get_random_string(CODE_LENGTH, CODE_SIGNS)


def query_index(number: str, code: str) -> str:
    """What is kept of number and code: it opens the case and shows neither."""
    return blind_index("query", f"{number}\0{code}")
