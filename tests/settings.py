"""The settings of the test suite: the project's own, made independent of the machine's environment.

Only DATABASE_URL is taken over, so that one suite runs on SQLite and on PostgreSQL.
"""

import os

os.environ |= {
    "DEBUG": "false",
    "SECRET_KEY": "used by tests alone",
    "HTTPS": "false",
    "REDIS_URL": "",
    "SITE_URL": "",
}

from cityrank.settings import *  # noqa: F403
from cityrank.settings import STORAGES

# Hashing slowly is the point of argon2, and a waste in a test that logs somebody in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest of static files exists only after collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
