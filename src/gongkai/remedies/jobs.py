"""What the house does for remedies: they move when the calendar does."""

from gongkai.registry import calendars
from gongkai.remedies import recounting

calendars.register_dependent(recounting.NAME, recounting.preview, recounting.apply)
