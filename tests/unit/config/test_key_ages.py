"""The doctor tells how old the keys are that can be made anew, and how a new one is made."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from careloom.config.commands import key_ages
from careloom.config.environment import Environment, load
from careloom.infra.backups import shelf
from careloom.infra.backups.recovery import Recipient
from careloom.infra.keys import Keyring

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Environment:
    return replace(load(), home=tmp_path, master_key_file=None)


def aged(path: Path, days: int) -> None:
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))


def test_nothing_is_said_before_there_is_a_key(place: Environment) -> None:
    assert list(key_ages.findings(place, now=NOW)) == []


def test_a_young_key_is_well_and_an_old_one_is_noted_with_the_command(place: Environment) -> None:
    Keyring(home=place.home).agency_key("one")
    aged(place.home / "keys/master", 12)
    assert list(key_ages.findings(place, now=NOW)) == [("ok", "The master key is 12 days old.")]
    aged(place.home / "keys/master", 366)
    assert list(key_ages.findings(place, now=NOW)) == [("note", "The master key is 366 days old. Make a new one with: careloom keys rotate")]


def test_a_rotation_makes_it_young_again(place: Environment) -> None:
    ring = Keyring(home=place.home)
    before = ring.agency_key("one")
    aged(place.home / "keys/master", 400)
    ring.rotate_master()
    since = ring.master_since()
    assert since is not None
    assert since > NOW - timedelta(days=400) + timedelta(days=1)
    assert ring.agency_key("one") == before


def test_a_master_key_that_is_kept_elsewhere_is_rotated_there(place: Environment, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mounted"
    elsewhere.write_text("00" * 32)
    aged(elsewhere, 500)
    ((kind, words),) = key_ages.findings(replace(place, master_key_file=elsewhere), now=NOW)
    assert kind == "note"
    assert words.endswith("in the place where it is kept")


def test_the_recovery_key_is_told_too(place: Environment) -> None:
    shelf.set_recipient(place.home, Recipient(bytes(32)))
    aged(place.home / "backups/recipient.json", 1)
    assert list(key_ages.findings(place, now=NOW)) == [("ok", "The recovery key of the backups is 1 day old.")]
