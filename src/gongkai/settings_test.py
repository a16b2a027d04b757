"""Settings of the test run: the site's own, with a handful of lines changed."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ.setdefault("GONGKAI_ENV", "test")
os.environ.setdefault("GONGKAI_SECRET_KEY", "test-" + "k" * 60)
os.environ.setdefault("GONGKAI_AUDIT_KEY", "test-" + "a" * 60)
os.environ.setdefault("GONGKAI_PERSONAL_KEY", "test-" + "p" * 60)
os.environ.setdefault("GONGKAI_HOSTS", "testserver,localhost,127.0.0.1")
os.environ["GONGKAI_VAR"] = str(_scratch)
os.environ["GONGKAI_DATABASE"] = os.environ.get(
    "GONGKAI_TEST_DATABASE", str(_scratch / "gongkai.sqlite3")
)

from gongkai.settings import *  # noqa: E402, F403 - the settings under test
from gongkai.settings import DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["TEST"] = (
    # Threads need a file: a memory database belongs to one connection.
    {"NAME": str(_scratch / "test.sqlite3")}
    if "sqlite" in str(DATABASES["default"]["ENGINE"])
    else {}
)
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    # A test database need not survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
