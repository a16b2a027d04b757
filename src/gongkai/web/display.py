"""How one reader wants pages shown: the language and the size of type.

Two cookies and one query parameter are all that may change a public page for two
readers of one address. A cache keys on ``Display.key``; nothing else varies.
Accept-Language is not read: one address shows one page to everyone who chose nothing.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

LANGUAGE_PARAMETER = "lang"
TYPE_COOKIE = "type"
LARGE = "large"
STANDARD = "standard"


@dataclass(frozen=True)
class Display:
    language: str
    large_type: bool

    @property
    def key(self) -> str:
        """What a cache of this page must add to its key."""
        return f"{self.language}{'+large' if self.large_type else ''}"

    @property
    def html_lang(self) -> str:
        """BCP 47 tag for the ``lang`` attribute and Content-Language."""
        return {"zh-hans": "zh-Hans"}.get(self.language, self.language)


def display_of(request: HttpRequest) -> Display:
    """``?lang=`` first, then the cookie, then the site's language."""
    asked = request.GET.get(LANGUAGE_PARAMETER)
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    language = next(
        (code for code in (asked, kept) if code and is_language(code)),
        settings.LANGUAGE_CODE,
    )
    return Display(language, request.COOKIES.get(TYPE_COOKIE) == LARGE)


def is_language(code: str) -> bool:
    return code in dict(settings.LANGUAGES)
