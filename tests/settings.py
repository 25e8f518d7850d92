"""The settings of the test suite: the project's own, made independent of the machine's environment.

Only DATABASE_URL is taken over, so that one suite runs on SQLite and on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

os.environ |= {
    "MEDIA_ROOT": tempfile.mkdtemp(prefix="cityrank-tests-"),
    "DEBUG": "false",
    "SECRET_KEY": "used by tests alone",
    "HTTPS": "false",
    "REDIS_URL": "",
    "SITE_URL": "",
    "CONTACT_EMAIL": "",
    "EMBED_ORIGINS": "",
    "BEHIND_PROXY": "false",
    "EMAIL_URL": "memorymail://",
    "MFA_REQUIRED_FOR": "",
}

from cityrank.settings import *  # noqa: F403
from cityrank.settings import STORAGES

# What tests store goes with them.
atexit.register(shutil.rmtree, os.environ["MEDIA_ROOT"], ignore_errors=True)

# Hashing slowly is the point of argon2, and a waste in a test that logs somebody in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest of static files exists only after collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Every test comes from the same address; what is limited is tried by tests that turn it on.
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
MFA_RATE_LIMITS = False
