"""The settings of one installation, read once from the environment, typed, each with where it came from.

Order: the environment, then ``settings.env`` in ``CARELOOM_HOME`` (lines ``NAME=value``), then the default. A ``CARELOOM_*`` name that is not
listed here is an error: a misspelled safeguard must not be silently absent (DESIGN section 8, "Configuration").
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

Source = Literal["default", "environment", "file"]
World = Literal["demo", "live"]
LogFormat = Literal["plain", "json"]
SETTINGS_FILE: Final = "settings.env"
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingProblem(Exception):
    """A setting is unknown or cannot be read; the text names it and says what it takes."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One variable: its name, the parser of its text, its default, and a line of help. ``secret`` ones are masked when shown."""

    name: str
    field: str
    parse: Callable[[str], Any]
    default: Any
    help: str
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What this installation is told. ``sources`` maps each variable's name to where its value came from."""

    home: Path
    database_url: str | None
    pool_url: str | None
    pg_bin: Path | None
    world: World
    pack: str
    care_line: str
    exit_url: str
    host: str
    port: int
    public_url: str | None
    extra_hosts: tuple[str, ...]
    web_workers: int
    jobs: bool
    master_key_file: Path | None
    backup_to: Path | None
    backup_keys_to: Path | None
    oidc_name: str
    oidc_issuer: str | None
    oidc_client_id: str | None
    oidc_secret_file: Path | None
    oidc_scopes: tuple[str, ...]
    oidc_groups_claim: str
    otlp_endpoint: str | None
    trace_share: int
    log_format: LogFormat
    debug: bool
    sources: Mapping[str, Source]

    @property
    def is_demo(self) -> bool:
        return self.world == "demo"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the pages: the one kind of address on which a demo world may be served."""
        return self.host in _LOCAL and (self.public_url is None or urlsplit(self.public_url).hostname in _LOCAL)

    @property
    def behind_https(self) -> bool:
        return bool(self.public_url and self.public_url.startswith("https://"))

    @property
    def allowed_hosts(self) -> list[str]:
        """The host names that a request may carry."""
        named = [urlsplit(self.public_url).hostname or ""] if self.public_url else []
        bound = [self.host] if self.host not in {"0.0.0.0", "::", ""} else []
        return list(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *bound, *filter(None, named), *self.extra_hosts]))

    @property
    def address(self) -> str:
        """The address that people open, without a slash at the end."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def oidc_origin(self) -> str:
        """The scheme and host of the OpenID Connect provider, empty when none is named."""
        parts = urlsplit(self.oidc_issuer or "")
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @property
    def oidc_apps(self) -> list[dict[str, Any]]:
        """allauth's entry for the one OpenID Connect provider, empty when none is named."""
        if not (self.oidc_issuer and self.oidc_client_id):
            return []
        secret = _read_secret(self.oidc_secret_file, name="CARELOOM_OIDC_SECRET_FILE") if self.oidc_secret_file else ""
        entry = {"provider_id": "agency", "name": self.oidc_name, "client_id": self.oidc_client_id, "secret": secret}
        return [entry | {"settings": {"server_url": self.oidc_issuer, "oauth_pkce_enabled": True, "scope": list(self.oidc_scopes)}}]


def load(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the settings; raises :class:`SettingProblem` for an unknown name or a value that does not parse."""
    given = {name: value for name, value in (os.environ if variables is None else variables).items() if name.startswith("CARELOOM_")}
    home = _parse(_BY_NAME["CARELOOM_HOME"], given["CARELOOM_HOME"]) if given.get("CARELOOM_HOME") else default_home()
    filed = read_settings_file(home / SETTINGS_FILE)
    for name in [*given, *filed]:
        _refuse_unknown(name)
    values: dict[str, Any] = {"home": home}
    sources: dict[str, Source] = {"CARELOOM_HOME": "environment" if given.get("CARELOOM_HOME") else "default"}
    for setting in SETTINGS:
        if setting.field == "home":
            continue
        text, source = (given[setting.name], "environment") if setting.name in given else (filed.get(setting.name, ""), "file")
        values[setting.field] = _parse(setting, text) if text else setting.default
        sources[setting.name] = ("environment" if source == "environment" else "file") if text else "default"
    return Environment(**values, sources=sources)


def describe(environment: Environment) -> list[tuple[str, str, Source, str]]:
    """Each setting as name, shown value (secrets masked), source and help."""
    rows = []
    for setting in SETTINGS:
        value = getattr(environment, setting.field)
        shown = ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        rows.append((setting.name, mask(shown) if setting.secret else shown, environment.sources[setting.name], setting.help))
    return rows


def mask(text: str) -> str:
    """Hide the password of a connection address."""
    hidden = re.sub(r"(?<=://)([^:/@]*):.*@", r"\1:***@", text)
    return re.sub(r"(?i)(password=)(?:'(?:[^'\\]|\\.)*'|[^\s&]+)", r"\1***", hidden)


def default_home() -> Path:
    """``.careloom`` beside ``pyproject.toml`` when this is a clone, else the user's data folder."""
    clone = Path(__file__).resolve().parents[3]
    if (clone / "pyproject.toml").is_file():
        return clone / ".careloom"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "careloom"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "careloom"


def read_settings_file(path: Path) -> dict[str, str]:
    """The ``NAME=value`` lines of a file; empty lines and lines that begin with ``#`` are left out. No file is no lines."""
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return {}
    except OSError:
        raise SettingProblem(f"{path} cannot be read. Check who may read it.") from None
    found = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            name, equals, value = line.partition("=")
            if not equals:
                raise SettingProblem(f"Line {number} of {path} is not of the form NAME=value.")
            found[name.strip()] = value.strip()
    return found


def _refuse_unknown(name: str) -> None:
    if name in _BY_NAME:
        return
    near = difflib.get_close_matches(name, list(_BY_NAME), n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "See careloom doctor --settings for the names."
    raise SettingProblem(f"The setting {name} is not known. {hint} Correct it or unset it.")


def _parse(setting: Setting, text: str) -> Any:
    try:
        return setting.parse(text)
    except ValueError as error:
        raise SettingProblem(f"{setting.name} is not right: {error}. It is {setting.help[0].lower()}{setting.help[1:]}") from None


def _read_secret(path: Path, *, name: str) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        raise SettingProblem(f"The file that {name} names cannot be read. Check that it exists and who may read it.") from None


def _folder(text: str) -> Path:
    return Path(os.path.abspath(os.path.expanduser(text)))


def _flag(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("it takes yes or no")


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"it takes a number from {low} to {high}")
        return int(text)

    return parse


def _world(text: str) -> World:
    if text not in ("demo", "live"):
        raise ValueError("it takes demo or live")
    return "demo" if text == "demo" else "live"


def _log_format(text: str) -> LogFormat:
    if text not in ("plain", "json"):
        raise ValueError("it takes plain or json")
    return "json" if text == "json" else "plain"


def _collector(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise ValueError("it looks like http://127.0.0.1:4318, without a name or a key in it")
    return text.rstrip("/")


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("it begins with postgresql://")
    return text


def _web(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError("it looks like https://careloom.example.org, without a path")
    return text.rstrip("/")


def _issuer(text: str) -> str:
    if urlsplit(text).scheme != "https" and urlsplit(text).hostname not in _LOCAL:
        raise ValueError("it begins with https://")
    return text


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _setting(name: str, field: str, parse: Callable[[str], Any], default: Any, words: str, *, secret: bool = False) -> Setting:
    return Setting(name=f"CARELOOM_{name}", field=field, parse=parse, default=default, help=words, secret=secret)


SETTINGS: Final = (
    _setting("HOME", "home", _folder, None, "The data folder."),
    _setting("DATABASE_URL", "database_url", _database, None, "A PostgreSQL server (17 or later) instead of the embedded one.", secret=True),
    _setting("POOL_URL", "pool_url", _database, None, "Where web processes reach that server through a pooler (pgbouncer).", secret=True),
    _setting("PG_BIN", "pg_bin", _folder, None, "The folder with PostgreSQL's programs, instead of the installed package."),
    _setting("WORLD", "world", _world, "live", "Demo (synthetic people, practice sign-in, movable clock) or live."),
    _setting("PACK", "pack", str, "columbia", "The jurisdiction's pack, a folder in packs/."),
    _setting("CARE_LINE", "care_line", str, "555-0100", "The care team line's phone, the same on every family page."),
    _setting("EXIT_URL", "exit_url", str, "https://www.weather.gov/", "Where the quick exit of her pages leads: a neutral page."),
    _setting("HOST", "host", str, "127.0.0.1", "The address that the web server listens on."),
    _setting("PORT", "port", _number(1, 65535), 8000, "The port that the web server listens on."),
    _setting("PUBLIC_URL", "public_url", _web, None, "The address that people open, when it is not host and port."),
    _setting("EXTRA_HOSTS", "extra_hosts", _names, (), "More host names that a request may carry, with commas between."),
    _setting("WEB_WORKERS", "web_workers", _number(1, 64), 2, "The number of web processes."),
    _setting("JOBS", "jobs", _flag, True, "Whether bin/up does the jobs here beside the pages; of several machines one does."),
    _setting("MASTER_KEY_FILE", "master_key_file", _folder, None, "A file with the master key, when it is kept outside the data folder."),
    _setting("BACKUP_TO", "backup_to", _folder, None, "The folder that gets a backup each night, on another disk than the data."),
    _setting("BACKUP_KEYS_TO", "backup_keys_to", _folder, None, "The folder that gets the sealed keys, apart from the backups."),
    _setting("OIDC_NAME", "oidc_name", str, "Agency sign-in", "The words on the button of the OpenID Connect provider."),
    _setting("OIDC_ISSUER", "oidc_issuer", _issuer, None, "The address of the OpenID Connect provider."),
    _setting("OIDC_CLIENT_ID", "oidc_client_id", str, None, "The client id at the OpenID Connect provider."),
    _setting("OIDC_SECRET_FILE", "oidc_secret_file", _folder, None, "A file with the client secret of the OpenID Connect provider."),
    _setting("OIDC_SCOPES", "oidc_scopes", _names, ("openid", "profile", "email"), "What is asked of it, with commas between; some need groups too."),
    _setting("OIDC_GROUPS_CLAIM", "oidc_groups_claim", str, "groups", "The claim in which it names somebody's groups."),
    _setting("OTLP_ENDPOINT", "otlp_endpoint", _collector, None, "The OpenTelemetry collector that traces and metrics go to; none: nothing is sent."),
    _setting("TRACE_SHARE", "trace_share", _number(0, 100), 10, "Of 100 requests, how many are traced."),
    _setting("LOG_FORMAT", "log_format", _log_format, "plain", "Plain lines, or json: one object a line, for a log store."),
    _setting("DEBUG", "debug", _flag, False, "Whether errors show their insides; never in a live world."),
)
_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}
