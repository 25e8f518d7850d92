"""The one settings file. Everything that differs between machines comes from the environment.

Names are listed with their meaning in `.env.example`. A value that cannot be read, or a secret that is missing
in production, stops the start with a sentence that says which one.
"""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cityrank.environment import boolean, env, origins, whole_number

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

if (BASE_DIR / ".env").is_file():
    env.read_env(str(BASE_DIR / ".env"))


def development_secret() -> str:
    """Return a secret kept in var/, so that sessions survive a restart of `make run`."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


# DEBUG defaults to false: forgetting it on a server must not open the tracebacks. `make run` sets it.
DEBUG = boolean("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set it in the environment, or set DEBUG=true for development."
        )
    SECRET_KEY = development_secret()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Addresses that leave the site (API objects, feeds) are absolute; empty means: the host of the request.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
# To whom readers write who think that a figure is wrong; the page of a method shows it.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.inlines",
    "unfold.contrib.simple_history",
    "cityrank.publishing.admin_config.CityRankAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    # For its templates.
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "corsheaders",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    # For the file of htmx that it ships.
    "django_htmx",
    "cityrank.registry",
    "awards",
    "scores",
    # Before publishing, which gives the roles their permissions once those of all others are there.
    "cityrank.accounts",
    "cityrank.publishing",
    "cityrank.exchange",
    "cityrank.results",
    "cityrank.charts",
    "cityrank.pages",
    "cityrank.api",
]

MIDDLEWARE = [
    "cityrank.publishing.middleware.OneInstant",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cityrank.pages.compressing.CompressPublic",
    "corsheaders.middleware.CorsMiddleware",
    # Outside of everything that may answer with an error page.
    "cityrank.api.middleware.ApiAnswers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "cityrank.accounts.middleware.LastSeen",
    "cityrank.accounts.middleware.SecondFactorFirst",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cityrank.urls"
WSGI_APPLICATION = "cityrank.wsgi.application"
ASGI_APPLICATION = "cityrank.asgi.application"

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
                "cityrank.accounts.admin_frame.context",
            ],
        },
    },
]

# --- Database and cache -----------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cityrank.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing, and readers are not blocked by them.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Django's default opens a connection for each request, which costs 4-7 ms.
    DATABASES["default"]["CONN_MAX_AGE"] = whole_number("DATABASE_CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://.")

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Accounts ---------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
# Groups whose members need a second factor; "superuser" stands for those who have every right.
MFA_REQUIRED_FOR = [name.strip() for name in env.list("MFA_REQUIRED_FOR", default=[]) if name.strip()]

# Eight failures of one name from one address lock it for an hour. A wrong second factor counts as a failure too.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_LOCKOUT_CALLABLE = "cityrank.accounts.lockout.answer"
AXES_CLIENT_IP_CALLABLE = "cityrank.accounts.devices.client_address"
# Never written down with a failed sign-in, beside the password.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "credential"]
AXES_VERBOSE = False

# Accounts begin with an invitation, which proves the address; nobody signs up.
ACCOUNT_ADAPTER = "cityrank.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "cityrank.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[CityRank] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = 1209600  # seconds; two weeks, as long as Django's own
# Passwords are counted by django-axes, which locks a name; this only slows down a flood from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip"}

MFA_ADAPTER = "cityrank.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "cityrank.accounts.forms.CodeForm",
    "authenticate_webauthn": "cityrank.accounts.forms.KeyForm",
    "login_webauthn": "cityrank.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "cityrank.accounts.forms.ConfirmKeyForm",
    "edit_webauthn": "cityrank.accounts.forms.NameKeyForm",
    "add_webauthn": "cityrank.accounts.forms.AddKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "CityRank"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# --- E-mail -----------------------------------------------------------------------------------------------------

EMAIL = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
# Nobody waits longer than this for a mail server that does not answer.
EMAIL_TIMEOUT = whole_number("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="CityRank <cityrank@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Languages and time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
# The second one holds the texts of the admin's theme, which has no Chinese of its own.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "theme"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cityrank.pages.assets.OneSheet",
]
# Uploaded scans belong to drafts too: this directory is never mapped to a public address.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Security ---------------------------------------------------------------------------------------------------

HTTPS = boolean("HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = whole_number("HSTS_SECONDS", 3600 if HTTPS else 0)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Whether subdomains and the browsers' preload list are bound to https is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
BEHIND_PROXY = boolean("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The public site runs under this policy; /admin/ and the API browser set their own (docs/architecture.md).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Sites whose pages may show what lies below /embed/ in a frame; everything else is never framed.
EMBED_ORIGINS = origins("EMBED_ORIGINS")

# --- History ----------------------------------------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- API --------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "cityrank.api.schema.ResourceSchema",
    "EXCEPTION_HANDLER": "cityrank.api.problems.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    # `?format=` is a parameter like any other: unknown, and said to be.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CityRank API",
    "DESCRIPTION": (
        "Editions, awards, rankings and averages of a national smart-city evaluation, in Chinese and English."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "displayOperationId": False, "validatorUrl": None},
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Lists of words stay where they are used: shared ones would tie unrelated fields (five called `kind`) together.
    "POSTPROCESSING_HOOKS": [],
}
# Anybody's page may read the API; nothing else of the site, and never with somebody's session.
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_CREDENTIALS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

# --- Admin ------------------------------------------------------------------------------------------------------

# A table of 150 rows is one form of some 1,700 fields; Django's own limit is 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

UNFOLD = {
    "SITE_TITLE": "CityRank",
    "SITE_HEADER": "CityRank",
    "SITE_SUBHEADER": _("Smart-city evaluation"),
    "SITE_SYMBOL": "leaderboard",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/icon.svg")},
    ],
    "SITE_URL": reverse_lazy("pages:home"),
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "DASHBOARD_CALLBACK": "cityrank.publishing.admin_desk.desk",
    "STYLES": [lambda request: static("admin-cityrank/admin.css")],
    "SIDEBAR": {"navigation": "cityrank.publishing.admin_desk.navigation"},
    "ACCOUNT": {"navigation": "cityrank.publishing.admin_desk.account_links"},
    "COLORS": {
        # A calm blue, the colour of the public pages.
        "primary": {
            "50": "oklch(97% .014 250)",
            "100": "oklch(93% .032 250)",
            "200": "oklch(88% .059 250)",
            "300": "oklch(81% .1 250)",
            "400": "oklch(71% .14 252)",
            "500": "oklch(60% .16 254)",
            "600": "oklch(50% .15 256)",
            "700": "oklch(43% .13 257)",
            "800": "oklch(37% .11 258)",
            "900": "oklch(32% .09 258)",
            "950": "oklch(25% .07 259)",
        }
    },
}
