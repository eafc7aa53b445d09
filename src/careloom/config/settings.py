"""Django's settings, built from the typed environment. Wiring only; nothing is decided here."""

from __future__ import annotations

from pathlib import Path

from careloom.config.environment import load
from careloom.config.version import release
from careloom.infra.keys import django_secret_key
from careloom.infra.postgres import database_config

ENVIRONMENT = load()
CARELOOM_WORLD = ENVIRONMENT.world
CARELOOM_HOME = ENVIRONMENT.home
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = django_secret_key(ENVIRONMENT.home)
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
SITE_NAME = "Careloom"

INSTALLED_APPS = [
    "careloom.infra.ui",  # first: its templates stand before those of allauth and django.forms
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "careloom.infra.clock",
    "careloom.infra.access",
    "careloom.infra.audit",
    "careloom.infra.events",
    "careloom.infra.wording",
    "careloom.infra.forms",
    "careloom.agencies",
    "careloom.conduct",
    "careloom.departing",
    "careloom.sso",
    "careloom.people",
    "careloom.directory",
    "careloom.consents",
    "careloom.health",
    "careloom.messages",
    "careloom.work",
    "careloom.notifications",
    "careloom.disclosures",
    "careloom.rights",
    "careloom.keeping",
    "careloom.screening",
    "careloom.treatment",
    "careloom.safety",
    "careloom.permanency",
    "careloom.plans",
    "careloom.following",
    "careloom.position",
    "careloom.partnership",
    "careloom.changes",
    "careloom.agreements",
    "careloom.knowledge",
    "careloom.aims",
    "careloom.inventory",
    "careloom.surveys",
    "careloom.barriers",
    "careloom.meetings",
    "careloom.outcomes",
    "careloom.federal",
    "careloom.exchange",
    "careloom.usage",
    "careloom.fhir",
    "careloom.commons",
    "careloom.desk",
    "careloom.portal",
    "careloom.config",
]

MIDDLEWARE = [
    "careloom.infra.watching.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careloom.agencies.middleware.WorkerMiddleware",
    "careloom.agencies.gate.GateMiddleware",
    "careloom.usage.recording.UsageMiddleware",
    "careloom.infra.wording.middleware.WordingMiddleware",
    "careloom.infra.ui.letters.LettersMiddleware",
]

ROOT_URLCONF = "careloom.config.urls"
WSGI_APPLICATION = "careloom.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "careloom.infra.ui.context.page",
                "careloom.agencies.context.worker",
                "careloom.commons.meanings.meanings",
            ],
        },
    },
]
FORM_RENDERER = "careloom.infra.ui.renderer.CareloomRenderer"

DATABASES = {
    "default": {**database_config(ENVIRONMENT, "app"), "ATOMIC_REQUESTS": True},
    "owner": {**database_config(ENVIRONMENT, "owner"), "TEST": {"MIRROR": "default"}},
}
DATABASE_ROUTERS = ["careloom.config.routing.OneDatabase"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What limits attempts is counted for all processes and machines together; the open directory's politeness may count in each.
CACHES = {
    "default": {"BACKEND": "careloom.agencies.limits.SharedLimits"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "careloom.agencies.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "careloom.sso.shared.SharedProviderAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "careloom.agencies.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CARELOOM_WORLD == "demo"
MFA_TOTP_ISSUER = "Careloom"
USERSESSIONS_TRACK_ACTIVITY = False
CARELOOM_OIDC_GROUPS_CLAIM = ENVIRONMENT.oidc_groups_claim
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ENVIRONMENT.oidc_apps}}

SESSION_COOKIE_NAME = "careloom_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.behind_https
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "careloom.infra.ui.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url] if ENVIRONMENT.public_url else []
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # A browser also checks where a form is sent on to: the button of the identity provider leads there.
        "form-action": ["'self'", *([ENVIRONMENT.oidc_origin] if ENVIRONMENT.oidc_origin else [])],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": ENVIRONMENT.home / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
PROCRASTINATE_ON_APP_READY = "careloom.config.jobs.declare"
CARELOOM_PACK = ENVIRONMENT.pack
CARELOOM_CARE_LINE = ENVIRONMENT.care_line
CARELOOM_EXIT_URL = ENVIRONMENT.exit_url
CARELOOM_RELEASE = release()
CARELOOM_OTLP_ENDPOINT = ENVIRONMENT.otlp_endpoint
CARELOOM_TRACE_SHARE = ENVIRONMENT.trace_share

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "careloom.config.logs.PlainFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "careloom.config.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": ENVIRONMENT.log_format}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # The request line of an error may hold what somebody typed into a search box.
        "django.request": {"level": "CRITICAL"},
        # A refused form names its address, which may hold an id or a door of hers.
        "django.security.csrf": {"level": "CRITICAL"},
        "procrastinate": {"level": "WARNING"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
