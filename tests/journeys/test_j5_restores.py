"""J5, step 15: last night's backup comes back in a test copy, by the operator's commands. Every table is the same; the state lead signs in."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.db import connections, transaction
from django.test import override_settings
from playwright.sync_api import expect
from tests.attacks.crashes.product import Product
from tests.conftest import TEST_HOME
from tests.integration.backups.conftest import PASSPHRASE, Place, marks, rows_of
from tests.journeys.conftest import Visitor
from tests.journeys.riverbend import Riverbend, status_of
from tests.journeys.table import enters, kept, looks, press, sees
from tests.journeys.test_j5_closed import Visit
from tests.journeys.test_j5_closed import world as world
from tests.several.ports import free_port

from careloom.infra.postgres import Supervisor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "a copy of last night 15"
REAL = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])


@pytest.fixture
def place(site: str) -> Iterator[Place]:
    """The operator's view of the installation that the site serves: a data folder with its keys, which names the server of its database."""
    root = Path(tempfile.mkdtemp(prefix="clj5-"))
    root.chmod(0o755)
    found = Place(root=root)
    found.home.mkdir(mode=0o755)
    shutil.copytree(TEST_HOME / "keys", found.home / "keys")
    (found.home / "settings.env").write_text(f"CARELOOM_WORLD=live\nCARELOOM_DATABASE_URL={url()}\nCARELOOM_BACKUP_TO={found.to}\n")
    found.words.write_text(f"{PASSPHRASE}\n")
    yield found
    Supervisor(root / "copy").stop()
    shutil.rmtree(root, ignore_errors=True)


def url() -> str:
    """The address of the site's database as the role that owns it."""
    entry = connections["owner"].settings_dict
    hosts = ",".join(f"{quote(host, safe='')}:{port}" for host, port in zip(entry["HOST"].split(","), entry["PORT"].split(","), strict=True))
    return f"postgresql://{entry['USER']}:{quote(entry['PASSWORD'], safe='')}@{hosts}/{entry['NAME']}"


@pytest.fixture
def secret(world: Riverbend) -> str:
    """The state lead's second step, sealed under a key of the installation."""
    user, made = world.lead_of_state.worker.user, generate_totp_secret()
    with REAL, transaction.atomic():
        user.set_password(PASSWORD)
        user.save()
        TOTP.activate(user, made)
    return made


def test_last_night_s_backup_comes_back_in_a_test_copy(world: Riverbend, secret: str, place: Place, visit: Visit) -> None:
    copy = restored(place)
    product = Product(copy, port=free_port())
    try:
        product.ready(patience=300)
        ruth = enters(visit())
        first, ruth.site = ruth.site, f"http://127.0.0.1:{product.port}"
        she_signs_in(ruth, world.lead_of_state.worker.user.email, secret)
        # Her rooms are there with those who sit in them, and a family is as closed to her as in the first.
        ruth.go("/partnership/?all=1")
        press(ruth, "Safe Start Columbia")
        sees(ruth, "4 partners")
        looks(ruth, "copy")
        assert status_of(ruth, f"/families/{world.mother}/") == 404
        # What she tries in the copy stays there.
        ruth.go("/partnership/?all=1")
        press(ruth, "Begin a collaborative")
        kept(ruth, {"name": "Only in the copy", "reach": "COUNTY", "places": "Juniper", "new": "1"})
        sees(ruth, "Only in the copy")
        looked = visit(world.lead_of_state)
        assert looked.site == first
        looked.go("/partnership/?all=1")
        sees(looked, "Safe Start Columbia")
        assert "Only in the copy" not in looked.page.inner_text("body")
    finally:
        assert product.stop() == 0, product.lines


def restored(place: Place) -> Path:
    """15 The operator makes the recovery key, takes the backup, brings it into a new folder, and every table is the same there."""
    done = place.run("backup", "--make-key", str(place.recovery), "--passphrase-file", str(place.words))
    assert done.returncode == 0, done.stderr
    file, copy = place.backup(), place.root / "copy"
    done = place.restore(file, copy)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(url(), autocommit=True) as connection, Supervisor(copy).start():
        was, now = marks(connection), rows_of(copy)
    assert len(was) > 300
    assert now == was
    # The copy names neither the server nor the folder of backups of the first.
    told = (copy / "settings.env").read_text()
    assert [line for line in told.splitlines() if line.startswith(("CARELOOM_DATABASE_URL", "CARELOOM_BACKUP_TO"))] == []
    assert PASSWORD not in done.stdout + done.stderr
    return copy


def she_signs_in(ruth: Visitor, email: str, secret: str) -> None:
    """By her password and the code of her app, which the copy opens with the keys that came back."""
    page = ruth.go("/account/login/")
    page.get_by_label(re.compile("E-?mail", re.IGNORECASE)).fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/account/2fa/authenticate/"))
    for _ in range(3):  # a code holds for half a minute, which may end while it is on its way
        if "/2fa/" not in page.url:
            break
        page.locator("[name=code]").fill(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
    assert "/account/" not in page.url
