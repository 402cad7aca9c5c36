"""Django's settings and those that openIMIS's modules ask for: production mode, so that the CSRF check is on as in the field."""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from openIMIS.openimisapps import openimis_apps


def SITE_ROOT():
    """Where the site stands below the host."""
    return "api/"


def SITE_URL():
    """The address of the site."""
    return os.environ.get("LIVE_URL", "http://127.0.0.1")


MODE = "PROD"
DEBUG = IS_TESTING = MSSQL = USE_TZ = False
ROW_SECURITY = True
SECRET_KEY = os.environ.get("LIVE_SECRET", "only-to-create-tables")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
BASE_DIR = Path(__file__).parent
OPENIMIS_APPS = openimis_apps()
INSTALLED_APPS = [
    *("django.contrib." + app for app in ("auth", "contenttypes", "sessions", "messages", "admin")),
    "graphene_django",
    "graphql_jwt.refresh_token.apps.RefreshTokenConfig",
    "rest_framework",
    "rules",
    "simple_history",
    "django_apscheduler",
    "axes",
    "drf_spectacular",
    *OPENIMIS_APPS,
    "openIMIS.last",
]
# Newer releases ask for it before a login; asking the module itself would want the settings that are being made here.
_middleware = Path(find_spec("core").origin).with_name("middleware.py")
_own = "DefaultAxesAttributesMiddleware"
MIDDLEWARE = [
    *([f"core.middleware.{_own}"] if _middleware.is_file() and _own in _middleware.read_text() else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "openIMIS.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("LIVE_DATABASE", "openimis"),
        "USER": os.environ.get("LIVE_OWNER", "openimis"),
        "HOST": "127.0.0.1",
        "PORT": os.environ.get("LIVE_PORT", "5432"),
    }
}


class _Nothing(dict):
    """The first migrations take the tables of the older product for granted; the tables are made from the models instead."""

    def __contains__(self, _app):
        return True

    def __getitem__(self, _app):
        return None


MIGRATION_MODULES = _Nothing()
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "graphql_jwt.backends.JSONWebTokenBackend",
    "django.contrib.auth.backends.ModelBackend",
]
SESSION_COOKIE_NAME = "openimis_session"
SESSION_COOKIE_SAMESITE = "Lax"
# The field has `Secure` cookies; over plain http they would never come back.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
CSRF_TRUSTED_ORIGINS = [SITE_URL()]
USER_AGENT_CSRF_BYPASS = []
AXES_ENABLED = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_VERBOSE = False
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
RATELIMIT_CACHE = "default"
RATELIMIT_KEY = "ip"
RATELIMIT_RATE = os.environ.get("LIVE_RATE", "100000/m")
RATELIMIT_MODE = RATELIMIT_GROUP = "graphql"
RATELIMIT_SKIP_TIMEOUT = True
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "location", "coverage")
}
CACHE_OBJECT_DEFAULT, CACHE_OBJECT_TTL = "default", 3600
PASSWORD_MIN_LENGTH = 8
PASSWORD_UPPERCASE = PASSWORD_LOWERCASE = PASSWORD_DIGITS = PASSWORD_SYMBOLS = 1
PASSWORD_SPACES = 0
AUTH_PASSWORD_VALIDATORS = []
SCHEDULER_CONFIG, SCHEDULER_AUTOSTART, SCHEDULER_JOBS, SCHEDULER_CUSTOM = {}, False, [], []
MASTER_DATA_PASSWORD = FRONTEND_URL = EMAIL_HOST_USER = ""
GRAPHENE = {
    "SCHEMA": "openIMIS.schema.schema",
    "RELAY_CONNECTION_MAX_LIMIT": 100,
    "MIDDLEWARE": ["graphql_jwt.middleware.JSONWebTokenMiddleware"],
}
GRAPHQL_JWT = {
    "JWT_VERIFY_EXPIRATION": True,
    "JWT_EXPIRATION_DELTA": timedelta(days=1),
    "JWT_REFRESH_EXPIRATION_DELTA": timedelta(days=30),
    "JWT_AUTH_HEADER_PREFIX": "Bearer",
    "JWT_ENCODE_HANDLER": "core.jwt.jwt_encode_user_key",
    "JWT_DECODE_HANDLER": "core.jwt.jwt_decode_user_key",
    "JWT_ALLOW_ANY_CLASSES": [],
    "JWT_LONG_RUNNING_REFRESH_TOKEN": True,
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.jwt_authentication.JWTAuthentication",
        "rest_framework.authentication.BasicAuthentication",
    ],
    "EXCEPTION_HANDLER": "openIMIS.ExceptionHandlerRegistry.dispatch",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
DEFAULT_AUTHENTICATION_CLASSES = REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"]
LOCALE_PATHS, STATIC_URL, MEDIA_ROOT = [], "/static/", os.environ.get("LIVE_MEDIA", "media")
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
}
