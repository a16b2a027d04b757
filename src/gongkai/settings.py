"""The one settings file; everything that differs between sites is read here.

Every variable is described in docs/settings.md; a test keeps that page complete.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from gongkai import environment

PACKAGE = Path(__file__).resolve().parent

ENVIRONMENT = environment.choice(
    "GONGKAI_ENV", ("production", "demo", "test"), "production"
)
DEBUG = environment.flag("GONGKAI_DEBUG", False)
VAR = Path(environment.text("GONGKAI_VAR", "var")).absolute()
SECRET_KEY = environment.text("GONGKAI_SECRET_KEY")
# Outside the database, so that whoever can write the database cannot forge the chain.
AUDIT_KEY = environment.text("GONGKAI_AUDIT_KEY")
# Wraps each case's own key: whoever has the database alone reads no applicant.
PERSONAL_KEY = environment.text("GONGKAI_PERSONAL_KEY")
AUDIT_HEADS_FILE = Path(
    environment.text("GONGKAI_AUDIT_HEADS_FILE", str(VAR / "audit-heads.jsonl"))
)
FILES_ROOT = Path(environment.text("GONGKAI_FILES_ROOT", str(VAR / "files")))
ALLOWED_HOSTS = environment.words("GONGKAI_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.words("GONGKAI_ORIGINS")
BEHIND_TLS = environment.flag("GONGKAI_TLS", ENVIRONMENT == "production")
BEHIND_PROXY = environment.flag("GONGKAI_PROXY", False)
STYLEGUIDE = environment.flag("GONGKAI_STYLEGUIDE", False)
SITE_NAME = environment.text("GONGKAI_SITE_NAME", "政府信息公开平台")
# Whose variant of the statistical forms is in force, such as 安徽省.
FORM_AREA = environment.text("GONGKAI_FORM_AREA", "")
MAX_UPLOAD_BYTES = environment.number("GONGKAI_MAX_UPLOAD_MB", 100) * 1024 * 1024

INSTALLED_APPS = [
    "gongkai.audit",
    "gongkai.registry",
    "gongkai.search",
    "gongkai.accounts",
    "gongkai.agencies",
    "gongkai.catalogue",
    "gongkai.items",
    "gongkai.applications",
    "gongkai.remedies",
    "gongkai.statistics",
    "gongkai.reports",
    "gongkai.web",
    "gongkai.portal",
    "gongkai.console",
    "gongkai.demo",
    "treebeard",
    "axes",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "gongkai.web.middleware.ProxyAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.web.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.accounts.middleware.SessionLimitMiddleware",
    "gongkai.accounts.keeping.KeptFormMiddleware",
    "gongkai.accounts.middleware.TemporaryPasswordMiddleware",
    "gongkai.agencies.middleware.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "gongkai.web.middleware.WrongMethodMiddleware",
]

ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.web.context_processors.site",
                "gongkai.console.context_processors.desk",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(
        environment.text("GONGKAI_DATABASE", str(VAR / "gongkai.sqlite3"))
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "gongkai.web.bundles.BundleFinder",
]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = FILES_ROOT
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation"
        ".UserAttributeSimilarityValidator"
    },
    {"NAME": "gongkai.accounts.passwords.CharacterClassValidator"},
]
CSRF_FAILURE_VIEW = "gongkai.web.views.csrf_failure"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "console:home"
LOGOUT_REDIRECT_URL = "portal:home"
# GB/T 22239-2019 asks for a failed-login handling and a time-out; the figures are ours.
AXES_FAILURE_LIMIT = environment.number("GONGKAI_SIGN_IN_TRIES", 5)
AXES_COOLOFF_TIME = timedelta(
    minutes=environment.number("GONGKAI_SIGN_IN_LOCK_MINUTES", 15)
)
AXES_HANDLER = "gongkai.accounts.lockout.LockOutHandler"
# The account from wherever it is tried; the address by LockOutHandler.
AXES_LOCKOUT_PARAMETERS = ["username"]
# It misses the address among the parameters, which LockOutHandler counts by names.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
SIGN_IN_NAMES_PER_ADDRESS = environment.number("GONGKAI_SIGN_IN_NAMES", 20)
# Otherwise whoever goes on trying keeps the account's owner out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# What somebody was typing travels through the form as ``kept``; it is not stored.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "kept"]
AXES_LOCKOUT_CALLABLE = "gongkai.accounts.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
SESSION_IDLE_SECONDS = environment.number("GONGKAI_IDLE_MINUTES", 15) * 60
SESSION_ABSOLUTE_SECONDS = environment.number("GONGKAI_SESSION_HOURS", 10) * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}
