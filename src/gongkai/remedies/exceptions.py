"""What can go wrong with a remedy; the desk's own words are used where they fit."""

from gongkai.applications.exceptions import ApplicationRefused, BadInput, NotAllowedNow

__all__ = ["AlreadyOpen", "ApplicationRefused", "BadInput", "NotAllowedNow"]


class AlreadyOpen(BadInput):
    """Another proceeding of the same kind is open on the case; it may be said that
    this is one more all the same."""
