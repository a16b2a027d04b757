from django.utils.translation import gettext as _


class CalendarRefused(Exception):
    """A change that is not made; its text is a sentence for whoever asked."""


class AlreadyInForce(CalendarRefused):
    def __str__(self) -> str:
        return _("The calendar says so already; nothing would change.")


class MeanwhileChanged(CalendarRefused):
    def __str__(self) -> str:
        return _(
            "Somebody else changed the calendar meanwhile. Look at the preview again, "
            "then apply."
        )
