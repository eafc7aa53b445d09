"""Sealed files and what lies in them: they open with the one key, whole, or not at all."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.config.release import order, own_steps
from careloom.infra.backups import entries, fingerprints, recovery, sealing, shelf
from careloom.infra.backups.problems import BackupProblem

PASSPHRASE = "seven green umbrellas"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> recovery.RecoveryKey:
    file = tmp_path_factory.mktemp("key") / "key"
    recovery.make(file, passphrase=PASSPHRASE)
    return recovery.open_key(file, passphrase=PASSPHRASE)


def sealed(key: recovery.RecoveryKey, data: bytes) -> bytes:
    out = io.BytesIO()
    sealer = sealing.Sealer(out, recipient=key.recipient, head={"what": "test"})
    sealer.write(data)
    sealer.close()
    return out.getvalue()


def opened(key: recovery.RecoveryKey, raw: bytes) -> bytes:
    return b"".join(sealing.opened(io.BytesIO(raw), key=key))


@pytest.mark.parametrize("size", [0, 1, sealing.PIECE - 1, sealing.PIECE, sealing.PIECE + 1, 2 * sealing.PIECE, 2 * sealing.PIECE + 7])
def test_what_was_sealed_opens_at_every_size(key: recovery.RecoveryKey, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert opened(key, sealed(key, data[:size])) == data[:size]


def test_pieces_cannot_be_left_out_moved_or_taken_from_another_file(key: recovery.RecoveryKey) -> None:
    data = b"".join(bytes([n]) * sealing.PIECE for n in range(4))
    raw, other = sealed(key, data), sealed(key, data)
    size = sealing.PIECE + 16
    start = len(raw) - 4 * size
    head, pieces, strange = raw[:start], [raw[start + n * size :][:size] for n in range(4)], other[-4 * size :][:size]
    assert opened(key, head + b"".join(pieces)) == data
    for order_of in itertools.permutations(range(4)):
        for count in range(5):
            chosen = order_of[:count]
            if chosen != (0, 1, 2, 3):
                with pytest.raises(BackupProblem):
                    opened(key, head + b"".join(pieces[n] for n in chosen))
    with pytest.raises(BackupProblem):
        opened(key, head + strange + b"".join(pieces[1:]))


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=7))
def test_no_bit_of_it_can_be_changed(key: recovery.RecoveryKey, place: int, bit: int) -> None:
    raw = bytearray(sealed(key, b"a few words"))
    raw[place % len(raw)] ^= 1 << bit
    with pytest.raises(BackupProblem):
        opened(key, bytes(raw))


@given(st.integers(min_value=0))
def test_no_part_of_it_can_be_cut_off(key: recovery.RecoveryKey, length: int) -> None:
    raw = sealed(key, b"a few words")
    with pytest.raises(BackupProblem):
        opened(key, raw[: length % len(raw)])


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.binary(max_size=50), max_size=4)), max_size=5))
def test_entries_come_back_as_they_were(wanted: list[tuple[str, list[bytes]]]) -> None:
    out = io.BytesIO()
    writer = entries.Writer(out)
    for name, parts in wanted:
        assert writer.add(name, parts) == sum(map(len, parts))
    writer.end()
    found = [(name, b"".join(parts)) for name, parts in entries.read([out.getvalue()])]
    assert found == [(name, b"".join(parts)) for name, parts in wanted]
    # Read without asking for the parts, and in pieces of one byte.
    assert [name for name, _ in entries.read(bytes([one]) for one in out.getvalue())] == [name for name, _ in wanted]
    with pytest.raises(BackupProblem):
        list(entries.read([out.getvalue()[:-1]]))


def test_a_recovery_key_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    file = tmp_path / "key"
    made = recovery.make(file, passphrase=PASSPHRASE)
    assert recovery.open_key(file, passphrase=PASSPHRASE).recipient == made
    assert file.stat().st_mode & 0o077 == 0
    changes: list[tuple[str, Callable[[str], str]]] = [
        ("not a recovery key", lambda _: "[]"),
        ("not a recovery key", lambda text: text.replace('"n": 65536', '"n": 1073741824')),
        ("does not open", lambda text: text.replace('"salt": "', '"salt": "00')),
    ]
    for words, change in changes:
        other = tmp_path / "changed"
        other.write_text(change(file.read_text()))
        with pytest.raises(BackupProblem, match=words):
            recovery.open_key(other, passphrase=PASSPHRASE)
    with pytest.raises(BackupProblem, match="does not open"):
        recovery.open_key(file, passphrase="seven green umbrella")
    with pytest.raises(BackupProblem, match="at least"):
        recovery.make(tmp_path / "short", passphrase="short")
    with pytest.raises(BackupProblem, match="already"):
        recovery.make(file, passphrase=PASSPHRASE)


def test_older_backups_are_thinned_by_the_rule(tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
    nights = [now - timedelta(days=day) for day in range(800)]
    keep = shelf.kept(nights, now=now)
    assert {at for at in nights if at > now - timedelta(days=7)} <= keep
    assert len({at.isocalendar()[:2] for at in keep if at > now - timedelta(weeks=5)}) >= 5
    assert len({(at.year, at.month) for at in keep}) in (12, 13)
    assert 20 <= len(keep) <= 26
    assert min(keep) > now - timedelta(days=31 * 12)
    # Thinning every night keeps as much as thinning once, and the newest is kept however old it is.
    left: set[datetime] = set()
    for at in sorted(nights):
        left = shelf.kept([*left, at], now=at)
    assert left == keep
    assert shelf.kept([nights[-1]], now=now) == {nights[-1]}
    for at in (nights[0], nights[700], nights[701]):
        (tmp_path / shelf.name_of(at)).write_text("")
    (tmp_path / "another.backup").write_text("")
    assert shelf.thin(tmp_path, now=now) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another.backup", shelf.name_of(nights[0])]


def test_casts_of_a_list_of_words_mean_the_same_and_another_word_does_not() -> None:
    was = {"index a": "WHERE ((state)::text = ANY ((ARRAY['X'::character varying])::text[]))", "function f()": "x"}
    now = was | {"index a": "WHERE ((state)::text = ANY (ARRAY[('X'::character varying)::text]))"}
    assert fingerprints.differences(was=was, now=now, same_server=True) == []
    assert fingerprints.differences(was=was, now=was | {"index a": "WHERE state = 'Y'"}, same_server=True) == ["index a"]
    assert fingerprints.differences(was=was, now=was | {"index a": "WHERE state = 'Y'"}, same_server=False) == []
    assert fingerprints.differences(was=was, now=was | {"function f()": "y"}, same_server=False) == ["function f()"]
    assert fingerprints.differences(was=was, now={"index a": was["index a"]}, same_server=False) == ["function f()"]


def test_the_steps_of_our_apps_are_known_without_django() -> None:
    import pkgutil

    from django.apps import apps

    theirs = {
        f"{config.label}.{entry.name}"
        for config in apps.get_app_configs()
        if config.name.startswith("careloom.")
        for entry in pkgutil.iter_modules([f"{config.path}/migrations"])
        if entry.name[0] != "_"
    }
    assert own_steps() == theirs
    assert order("0.10.0") > order("0.9.12")
