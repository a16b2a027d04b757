"""What a page of many items depends on, in one light query."""

from datetime import date

from django.db.models import Count, Sum

from gongkai.agencies.models import Agency
from gongkai.registry.caching import Key


def freshness(today: date) -> Key:
    """Any act that changes what the public sees anywhere changes it; so does the day.

    The sum only grows; the count tells of a new agency, which begins at nought.
    """
    found = Agency.objects.aggregate(sum=Sum("generation"), count=Count("pk"))
    return (found["sum"], found["count"], today.isoformat())
