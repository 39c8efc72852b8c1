"""All settings, from the environment; a missing one fails loudly with its name (docs/beheer.md lists them)."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}")
SECURE = env.bool("SECURE", default=BASE_URL.startswith("https://"))

INSTALLED_APPS = [
    "parties",
    "cases",
    "consent",
    "plans",
    "meetings",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "guardian",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "oauth2_provider",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reintegratie.middleware.trace",
    "reintegratie.api.api_answers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reintegratie.middleware.personal_pages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "reintegratie.urls"
WSGI_APPLICATION = "reintegratie.wsgi.application"

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
                "reintegratie.shell.shell",
            ],
            "string_if_invalid": "",
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", engine="django.db.backends.postgresql"),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
REDIS_URL = env.str("REDIS_URL")

AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "reintegratie.accounts.PasswordLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/inloggen/"

ACCOUNT_ADAPTER = "reintegratie.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"reset_password": "parties.forms.LinkForm"}  # known or not: the same, in the same time
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Terugkeer] "
ACCOUNT_RATE_LIMITS = {"login_failed": False}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Beheer makes the accounts and knows the addresses: nobody waits for a mail before he may be safe.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "reintegratie.accounts.MfaAdapter"
MFA_TOTP_ISSUER = "Terugkeer"
MFA_PASSKEY_LOGIN_ENABLED = False

AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", default=10)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "reintegratie.accounts.name_for_lockout"
AXES_CLIENT_IP_CALLABLE = "reintegratie.accounts.address_of"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
LOGIN_LOG_DAYS = env.int("LOGIN_LOG_DAYS", default=180)

ANONYMOUS_USER_NAME = None
# guardian is asked for organisations (groups) through cases/access.py, never as a login backend.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

SESSION_COOKIE_AGE = env.int("IDLE_SECONDS", default=15 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-sessie" if SECURE else "sessie"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "reintegratie.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=SECURE)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{f"{kind}-src": [SELF] for kind in ("default", "script", "style", "font", "connect")},
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# So many proxies of our own stand before the application; the address of a visitor is what the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=0)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.bool("PLAIN_STATIC", default=DEBUG)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = env.bool("PLAIN_STATIC", default=DEBUG)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["reintegratie.lib.uploads.SmallFiles"]

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="terugkeer@localhost")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = env.str("QUEUE", default="terugkeer")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
_TIMEOUTS = {"visibility_timeout": 3600, "socket_timeout": 2, "socket_connect_timeout": 2}
# Who saves does not wait while the broker is away; worker and beat try again by themselves.
CELERY_BROKER_TRANSPORT_OPTIONS = {**_TIMEOUTS, "max_retries": 0}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# Triggers stand beside their models and are installed after every migrate: a migration for each would only slow it down.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

OAUTH2_PROVIDER_APPLICATION_MODEL = "parties.ApiClient"
RFC9700_GATES = """IMPLICIT_GRANT PASSWORD_GRANT PKCE_METHOD ACCESS_TOKEN_TRANSPORT AUTHZ_RESPONSE_ISS TOKEN_STORAGE
    REFRESH_TOKEN REDIRECT_URI_SCHEME REDIRECT_URI_MATCHING PKCE_REQUIRED"""
OAUTH2_PROVIDER = {
    "SCOPES": {
        "trajecten": "Trajecten van de eigen organisatie lezen",
        "acties": "Eigen acties lezen en bijwerken",
        "inbreng": "Inbreng leveren en op het plan reageren",
        "overleggen": "Overleggen met een eigen agendapunt lezen",
        "gebeurtenissen": "De stroom van gebeurtenissen lezen",
        "detentiemeldingen": "Detentiemeldingen aanleveren",
    },
    "SCOPES_BACKEND_CLASS": "reintegratie.oauth.ClientScopes",
    "OAUTH2_VALIDATOR_CLASS": "reintegratie.oauth.ClientValidator",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "PKCE_REQUIRED": True,
    # Every gate of RFC 9700 (OAuth 2.0 Security Best Current Practice) is shut; tokens are stored hashed.
    **{f"COMPLIANT_BCP_RFC9700_{gate}": True for gate in RFC9700_GATES.split()},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["reintegratie.lib.rest.clients.ClientAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["reintegratie.lib.rest.clients.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "reintegratie.lib.rest.parsers.LimitedJSONParser",
        "reintegratie.lib.rest.parsers.MergePatchParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "reintegratie.api.problem_response",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "Terugkeer API",
    "DESCRIPTION": "Voor software van partijen die samenwerken aan de re-integratie van gedetineerden. "
    "Uitleg en een eerste aanroep staan in docs/api.md.",
    "VERSION": "1.0.0",
    "CONTACT": {
        "name": "Beheer Terugkeer",
        "url": f"{BASE_URL}/",
        "email": env.str("API_CONTACT", default="beheer@reintegratie.test"),
    },
    "LICENSE": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "SERVERS": [{"url": f"{BASE_URL}/api/v1", "description": "Deze omgeving"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "AUTHENTICATION_WHITELIST": [],
    "POSTPROCESSING_HOOKS": ["reintegratie.api.complete_document"],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "clientCredentials": {
                "type": "oauth2",
                "description": "Client credentials met clientgeheim; een token geldt vijftien minuten.",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": f"{BASE_URL}/oauth/token",
                        "scopes": OAUTH2_PROVIDER["SCOPES"],
                    }
                },
            }
        }
    },
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"pgtrigger": {"level": "WARNING"}},  # it names every trigger at every migrate
}
