"""Settings, all from the environment; `docs/settings.md` lists them.

The default is a laptop: SQLite, local files, mail to the console. `HOUQIN_ENV=production` turns the
safety checks of `config/checks.py` into a refusal to start.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.checks import refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env", overwrite=False)

ENV = env.str("HOUQIN_ENV", "laptop")
DEMO = env.bool("HOUQIN_DEMO", False)
DEBUG = env.bool("DEBUG", False)
DEFAULT_KEY = "laptop-only-key-never-use-it-on-a-server"
SECRET_KEY = env.str("SECRET_KEY", DEFAULT_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if ENV == "production" else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

problems = refuse_unsafe(
    env=ENV, debug=DEBUG, demo=DEMO, key=SECRET_KEY, default_key=DEFAULT_KEY, hosts=ALLOWED_HOSTS
)
if problems:
    raise ImproperlyConfigured("\n".join(problems))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "treebeard",
    "ninja",
    "houqin.kernel",
    "houqin.kernel.places",
    "houqin.kernel.people",
    "houqin.kernel.numbers",
    "houqin.kernel.worktime",
    "houqin.kernel.trail",
    "houqin.kernel.policies",
    "houqin.kernel.clock",
    "houqin.kernel.sweeps",
    "houqin.platform.files",
    "houqin.platform.rate_limits",
    "houqin.platform.identity",
    "houqin.platform.audit_chain",
    "houqin.platform.notices",
    "houqin.platform.webhooks",
    "houqin.platform.sheets",
    "houqin.platform.translations",
    "houqin.platform.search",
    "houqin.platform.tokens",
    "houqin.ui",
    "houqin.ui.saved_views",
    "houqin.shared.approvals",
    "houqin.shared.bookings",
    "houqin.shared.links",
    "houqin.shared.credentials",
    "houqin.work.teams",
    "houqin.work.roster",
    "houqin.work.orders",
    "houqin.work.feeds",
    "houqin.work.board",
    "houqin.desk.catalogue",
    "houqin.desk.demands",
    "houqin.desk.channels",
    "houqin.desk.intake",
    "houqin.desk.callbacks",
    "houqin.desk.rules",
    "houqin.desk.handover",
    "houqin.lines.environment",
    "houqin.lines.facilities",
    "houqin.lines.front_desk",
    "houqin.lines.rooms",
    "houqin.lines.security",
    "houqin.lines.supplies",
    "houqin.setup",
    "houqin.setup.administration",
    "houqin.setup.api_access",
    "houqin.setup.audit",
    "houqin.setup.calendar",
    "houqin.setup.directory",
    "houqin.setup.first_steps",
    "houqin.setup.grants",
    "houqin.setup.health",
    "houqin.setup.integrations",
    "houqin.setup.organisation",
    "houqin.setup.policy_pages",
    "houqin.setup.role_matrix",
    "houqin.setup.services",
    "houqin.setup.sign_in_links",
    "houqin.setup.sign_ins",
    "houqin.setup.standards",
    "houqin.setup.workbook",
    "houqin.cockpit",
    "houqin.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "houqin.ui.shell.middleware.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "houqin.ui.shell.middleware.SpeakTheUsersLanguage",
    "houqin.platform.tokens.authentication.ApiDoor",
    "houqin.ui.shell.middleware.NoNulInAddresses",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "houqin.ui.shell.middleware.FirstWhatIsOwed",
    "houqin.setup.middleware.KeepTheThreeApart",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "houqin.ui.shell.middleware.RefusalsAsResponses",
    "houqin.ui.drafts.SayWhichDraftWasAccepted",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "houqin.ui.shell.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "houqin.ui.templatetags.web"],
        },
    }
]
FORM_RENDERER = "houqin.ui.fields.renderer.Renderer"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["houqin.platform.identity.backend.PeopleAlone"]
LOGIN_URL = "signin"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "signin"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000;"
    "PRAGMA mmap_size=134217728;PRAGMA busy_timeout=20000;",
}
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'houqin.sqlite3'}")
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:  # compiling a query takes PostgreSQL longer than running any of ours
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
RULES = "django.contrib.auth.password_validation"
PASSWORD_MIN_LENGTH = env.int("PASSWORD_MIN_LENGTH", 10)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{RULES}.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": f"{RULES}.CommonPasswordValidator"},
    {"NAME": f"{RULES}.NumericPasswordValidator"},
    {
        "NAME": f"{RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "phone", "email")},
    },
    {
        "NAME": "houqin.platform.identity.passwords.NotUsedLately",
        "OPTIONS": {"most": env.int("PASSWORDS_REMEMBERED", 5)},
    },
]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1 if ENV == "production" else 0)

OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_SCOPES = env.str("OIDC_SCOPES", "openid profile email")
OIDC_LABEL = env.str("OIDC_LABEL", "")
OIDC_CREATE = env.bool("OIDC_CREATE", False)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [
    directory for directory in [BASE_DIR / "frontend" / "dist"] if directory.exists()
]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = DATA_DIR / "files"
FRONTEND_MANIFEST = BASE_DIR / "frontend" / "dist" / ".vite" / "manifest.json"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_FILE_BYTES = env.int("MAX_FILE_BYTES", 20 * 1024 * 1024)
MAX_IMAGE_PIXELS = env.int("MAX_IMAGE_PIXELS", 50_000_000)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "houqin@localhost")
EMAIL_TIMEOUT = 10
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
HOTLINE = env.str("HOTLINE", "")
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 600)
ALLOW_PRIVATE_HOOKS = env.bool("ALLOW_PRIVATE_HOOKS", ENV != "production")

SELF, NONE = "'self'", "'none'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 7 * 24 * 3600
if ENV == "production":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 3600)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "houqin.ui.shell.logs.json_formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = ["treebeard.W001"]
