"""Settings, driven by the environment; without any variable the embedded default runs."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

from config.api import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401 - Django finds them here
from config.logging import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

DEBUG = os.environ.get("DEBUG", "0") == "1"
DEMO = os.environ.get("DEMO", "0") == "1"  # set by `make run` only: demonstration accounts may log in
DEFAULT_SECRET_KEY = "insecure-embedded-default"  # good enough to read and check files; serving needs another
SECRET_KEY = os.environ.get("SECRET_KEY") or DEFAULT_SECRET_KEY
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # always answered: health checks ask on this machine
ALLOWED_HOSTS = [*filter(None, os.environ.get("ALLOWED_HOSTS", "").split(",")), *_LOOPBACK]
PROXY_IPS = os.environ.get("PROXY_IPS", "127.0.0.1").split(",")  # whose word about who asks is taken
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "config.admin_site.WorkplaceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "import_export",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "disclosures",
    "performance",
    "audit",
]

MIDDLEWARE = [
    "config.requests.RequestId",
    "config.proxies.Client",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.closed.Closed",
    "disclosures.portal.middleware.Anonymous",  # before anything that looks at who is asking
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "disclosures.middleware.PasswordChangeRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.headers.ContentSecurityPolicy",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict[str, object]:
    """The database: DATABASE_URL, else SQLite in WAL mode with immediate transactions."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "config.sqlite",
        "NAME": VAR_DIR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": ":memory:"},  # said aloud, since pytest-xdist knows Django's own engine only
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "disclosures.User"
AUTHENTICATION_BACKENDS = [
    "disclosures.services.logins.LockOutBackend",  # first: it refuses, it never admits
    "django.contrib.auth.backends.ModelBackend",
    "disclosures.services.permissions.RoleBackend",
]

LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "login", "front", "login"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "disclosures.services.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

PASSWORD_CHANGE_URL = "password_change"
LOGIN_FAILURES = 5  # of one name from one address, within the minutes below
LOGIN_FAILURES_ANYWHERE = 30  # of one name from all addresses together
LOGIN_LOCK_MINUTES = 15
SESSION_COOKIE_AGE = 60 * int(os.environ.get("SESSION_MINUTES", "120"))  # counted from the last request
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

DISCLOSURE_DEADLINE_DAYS = int(os.environ.get("DISCLOSURE_DEADLINE_DAYS", "20"))  # 预算法第十四条

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True

# Behind HTTPS unless told otherwise; the demonstration and development run on plain HTTP on this machine.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEBUG or DEMO or os.environ.get("PLAIN_HTTP") == "1")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG or DEMO  # no collectstatic needed there
if WHITENOISE_USE_FINDERS:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "files"  # uploaded originals; never served by the web server itself

# Excel in and out of the admin follows the permissions of the model.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# Background tasks (disclosures/tasks), in seconds.
TASK_APP = "config.celery"
TASK_HEARTBEAT = float(os.environ.get("TASK_HEARTBEAT", "5"))
TASK_STALE = float(os.environ.get("TASK_STALE", "60"))  # a task silent for so long has lost its worker
TASK_REAP = float(os.environ.get("TASK_REAP", "10"))  # how often each worker looks for such tasks
TASK_RING_AGAIN = float(os.environ.get("TASK_RING_AGAIN", "30"))  # when a queued task whose bell was lost is rung for
REDIS_URL = os.environ.get("REDIS_URL", "")  # the broker; without it a folder under VAR_DIR

LOGGING = logging_settings(os.environ.get("LOG_FORMAT", "plain"), os.environ.get("LOG_LEVEL", "WARNING"))
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # without it /metrics answers this machine only

# E-mail (disclosures/notifications): printed on the console until a server is named.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND") or (
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_USER", ""), os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = (os.environ.get("EMAIL_SECURITY") == way for way in ("tls", "ssl"))
EMAIL_TIMEOUT = 20  # seconds; a task that sends has a limit of its own
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "budget@localhost")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")  # what stands before the links in mails
