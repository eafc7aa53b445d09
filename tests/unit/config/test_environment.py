"""Settings: typed, with their source; an unknown name is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from careloom.config.environment import SettingProblem, default_home, describe, load, mask


def given(home: Path, **more: str) -> dict[str, str]:
    return {"CARELOOM_HOME": str(home)} | {f"CARELOOM_{name}": value for name, value in more.items()}


def test_each_value_carries_its_source(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_text("# set at the first start\nCARELOOM_WORLD=demo\nCARELOOM_PORT=9000\n")
    settings = load(given(tmp_path, PORT="9100"))
    assert (settings.world, settings.port, settings.host) == ("demo", 9100, "127.0.0.1")
    assert [settings.sources[f"CARELOOM_{name}"] for name in ("WORLD", "PORT", "HOST")] == ["file", "environment", "default"]


def test_an_unknown_name_is_an_error_that_suggests_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="CARELOOM_WORLD"):
        load(given(tmp_path, WROLD="demo"))
    (tmp_path / "settings.env").write_text("CARELOOM_PROT=9000\n")
    with pytest.raises(SettingProblem, match="CARELOOM_PORT"):
        load(given(tmp_path))


def test_names_of_others_are_left_alone(tmp_path: Path) -> None:
    assert load(given(tmp_path) | {"PATH": "/bin", "CARE": "x"}).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORLD", "test"),
        ("PORT", "0"),
        ("PORT", "http"),
        ("WEB_WORKERS", "-1"),
        ("DEBUG", "maybe"),
        ("DATABASE_URL", "mysql://host/db"),
        ("PUBLIC_URL", "careloom.example.org"),
        ("OIDC_ISSUER", "http://idp.example.org"),
    ],
)
def test_a_wrong_value_is_refused_by_name_without_quoting_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingProblem, match=f"CARELOOM_{name} is not right"):
        load(given(tmp_path, **{name: value}))


def test_an_empty_value_is_the_default(tmp_path: Path) -> None:
    settings = load(given(tmp_path, PORT=""))
    assert (settings.port, settings.sources["CARELOOM_PORT"]) == (8000, "default")


def test_a_line_that_is_no_setting_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_text("\nCARELOOM_PORT 9000\n")
    with pytest.raises(SettingProblem, match="Line 2"):
        load(given(tmp_path))


def test_secrets_are_masked_when_shown(tmp_path: Path) -> None:
    rows = {name: value for name, value, _, _ in describe(load(given(tmp_path, DATABASE_URL="postgresql://owner:s3cr@t@db/careloom?password=0ther")))}
    assert rows["CARELOOM_DATABASE_URL"] == "postgresql://owner:***@db/careloom?password=***"
    assert mask("postgresql://db/careloom") == "postgresql://db/careloom"


def test_hosts_that_a_request_may_carry(tmp_path: Path) -> None:
    settings = load(given(tmp_path, HOST="0.0.0.0", PUBLIC_URL="https://care.example.org/", EXTRA_HOSTS="one.example.org, two.example.org"))
    assert settings.allowed_hosts == ["localhost", "127.0.0.1", "[::1]", "care.example.org", "one.example.org", "two.example.org"]
    assert (settings.behind_https, settings.is_local, settings.address) == (True, False, "https://care.example.org")


@pytest.mark.parametrize(("host", "local"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.0.2.7", False)])
def test_which_addresses_only_this_machine_reaches(tmp_path: Path, host: str, local: bool) -> None:
    assert load(given(tmp_path, HOST=host)).is_local is local


def test_openid_connect_is_off_until_it_is_whole(tmp_path: Path) -> None:
    assert load(given(tmp_path, OIDC_ISSUER="https://idp.example.org")).oidc_apps == []
    secret = tmp_path / "client-secret"
    secret.write_text("hush\n")
    more = {"OIDC_ISSUER": "https://idp.example.org", "OIDC_CLIENT_ID": "careloom", "OIDC_SECRET_FILE": str(secret)}
    (app,) = load(given(tmp_path, **more)).oidc_apps
    assert (app["client_id"], app["secret"], app["settings"]["server_url"]) == ("careloom", "hush", "https://idp.example.org")
    assert app["settings"]["scope"] == ["openid", "profile", "email"]
    (app,) = load(given(tmp_path, **more, OIDC_SCOPES="openid, email, groups")).oidc_apps
    assert app["settings"]["scope"] == ["openid", "email", "groups"]


def test_a_missing_secret_file_is_named_by_its_setting(tmp_path: Path) -> None:
    more = {"OIDC_ISSUER": "https://idp.example.org", "OIDC_CLIENT_ID": "careloom", "OIDC_SECRET_FILE": str(tmp_path / "absent")}
    with pytest.raises(SettingProblem, match="CARELOOM_OIDC_SECRET_FILE"):
        _ = load(given(tmp_path, **more)).oidc_apps


def test_the_default_home_is_in_the_clone() -> None:
    assert default_home() == Path(__file__).resolve().parents[3] / ".careloom"
