"""The settings under which the kept world is made: those of the tests, with the passwords of production and a
second database, `UPGRADE_POSTGRESQL`, into which it is copied."""

import environ

from config.test_settings import *  # noqa: F403
from config.test_settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DATABASES["postgresql"] = environ.Env().db_url("UPGRADE_POSTGRESQL")
