"""Keys lie in closed files, and destroying one makes what it sealed unreadable."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from careloom.infra.keys import KeyProblem, Keyring, decrypt, encrypt


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(home=tmp_path)


def test_what_is_sealed_opens_with_key_and_association(ring: Keyring) -> None:
    key = ring.agency_key(uuid4())
    sealed = encrypt(key=key, plaintext=b"a scan", associated=b"document 1")
    assert b"a scan" not in sealed
    assert decrypt(key=key, ciphertext=sealed, associated=b"document 1") == b"a scan"


def test_another_association_another_key_or_a_changed_byte_does_not_open(ring: Keyring) -> None:
    key, other = ring.agency_key("one"), ring.agency_key("two")
    sealed = encrypt(key=key, plaintext=b"a scan", associated=b"document 1")
    for attempt in (
        {"key": key, "ciphertext": sealed, "associated": b"document 2"},
        {"key": other, "ciphertext": sealed, "associated": b"document 1"},
        {"key": key, "ciphertext": sealed[:-1] + bytes([sealed[-1] ^ 1]), "associated": b"document 1"},
        {"key": key, "ciphertext": sealed[:10], "associated": b"document 1"},
    ):
        with pytest.raises(KeyProblem):
            decrypt(**attempt)  # type: ignore[arg-type]


def test_the_same_text_is_sealed_differently_each_time(ring: Keyring) -> None:
    key = ring.agency_key("one")
    assert encrypt(key=key, plaintext=b"x", associated=b"") != encrypt(key=key, plaintext=b"x", associated=b"")


def test_keys_are_kept_and_closed_to_others(ring: Keyring, tmp_path: Path) -> None:
    first = ring.secret("django"), ring.agency_key("one")
    assert (Keyring(home=tmp_path).secret("django"), Keyring(home=tmp_path).agency_key("one")) == first
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_a_data_key_is_not_on_disk_in_clear(ring: Keyring, tmp_path: Path) -> None:
    key = ring.agency_key("one")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "keys").rglob("*") if path.is_file())
    assert key not in everything
    assert key.hex().encode() not in everything


def test_a_destroyed_key_stays_destroyed(ring: Keyring, tmp_path: Path) -> None:
    ring.agency_key("one")
    ring.destroy_agency_key("one", held=lambda: False)
    ring.destroy_agency_key("one", held=lambda: False)
    with pytest.raises(KeyProblem, match="destroyed"):
        Keyring(home=tmp_path).agency_key("one")
    assert len(ring.agency_key("two")) == 32


def test_rotation_keeps_the_data_keys(ring: Keyring, tmp_path: Path) -> None:
    before, master = ring.agency_key("one"), (tmp_path / "keys" / "master").read_text()
    assert ring.rotate_master() == 1
    assert (tmp_path / "keys" / "master").read_text() != master
    assert ring.agency_key("one") == before


def test_an_interrupted_rotation_reads_and_is_finished(ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ring.agency_key("one"), ring.agency_key("two")

    def fail(*_: object) -> None:
        raise OSError("the power went out")

    with monkeypatch.context() as patch:
        patch.setattr("careloom.infra.keys._sync_folder", lambda folder: None)
        real, calls = __import__("os").replace, []

        def replace_once(source: Path, target: Path) -> None:
            calls.append(target)
            if len(calls) == 3:  # the new master, the first agency key, then the second
                fail()
            real(source, target)

        patch.setattr("careloom.infra.keys.os.replace", replace_once)
        with pytest.raises(OSError, match="power"):
            ring.rotate_master()
    assert (ring.agency_key("one"), ring.agency_key("two")) == before
    assert ring.rotate_master() == 2
    assert (ring.agency_key("one"), ring.agency_key("two")) == before


def test_two_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: Keyring(home=tmp_path).secret("django"), range(16)))) == 1


def test_a_master_key_kept_elsewhere_is_used_and_not_copied(tmp_path: Path) -> None:
    kept = tmp_path / "mounted"
    kept.write_text("ab" * 32)
    ring = Keyring(home=tmp_path / "home", master_file=kept)
    assert len(ring.agency_key("one")) == 32
    assert not (tmp_path / "home" / "keys" / "master").exists()
    with pytest.raises(KeyProblem):
        Keyring(home=tmp_path / "home").agency_key("one")


@pytest.mark.parametrize("text", ["", "short", "zz" * 32])
def test_a_wrong_master_key_file_is_named_without_its_content(tmp_path: Path, text: str) -> None:
    kept = tmp_path / "mounted"
    kept.write_text(text)
    with pytest.raises(KeyProblem, match="64 hexadecimal") as caught:
        Keyring(home=tmp_path, master_file=kept).agency_key("one")
    assert not text or text not in str(caught.value)


def test_an_id_cannot_leave_the_folder(ring: Keyring) -> None:
    with pytest.raises(KeyProblem):
        ring.agency_key("../master")
