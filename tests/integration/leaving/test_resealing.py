"""A new data key of an agency: everything that lay under the former one lies under the new one, whenever it was interrupted, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from tests.databases import own_database
from tests.factories.agencies import viewer
from tests.factories.births import a_birth, sent
from tests.factories.papers import a_picture
from tests.factories.plans import PlanWorld
from tests.integration.leaving.conftest import owner

from careloom.config import resealing, subscriptions
from careloom.consents.models import PaperScan
from careloom.consents.signing import keep_scan
from careloom.exchange.fetching import keys as source_keys
from careloom.exchange.models import SourceKey
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.models import AuditRow
from careloom.infra.clock.reading import forget
from careloom.infra.documents.uploads import Upload, unseal_upload
from careloom.infra.keys import KeyProblem, Keyring, decrypt, encrypt
from careloom.notifications.actions.seal import OUTGOING, RECEIPTS, unseal
from careloom.notifications.models import Notification

SCAN = a_picture()


@dataclass
class Sealed:
    """A hospital with a scan, receipts, what waits for the state, and a key for record systems; and what each says, read as the product reads it."""

    agency: Any
    ring: Keyring

    def rows(self, model: Any) -> list[Any]:
        with acting_as(system(System.JOB, holder_id=self.agency.pk)), transaction.atomic():
            return list(model.objects.filter(holder_id=self.agency.pk))

    def says(self) -> dict[str, list[Any]]:
        holder = self.agency.pk
        return {
            "scans": [unseal_upload(row.sealed, holder_id=holder, document_id=row.pk) for row in self.rows(PaperScan)],
            "receipts": [
                unseal(holder_id=holder, sealed=row.sealed_receipts, purpose=RECEIPTS) for row in self.rows(Notification) if row.sealed_receipts
            ],
            "outgoing": sorted((unseal(holder_id=holder, sealed=one, purpose=OUTGOING) for one in self.outgoing()), key=str),
        }

    def outgoing(self) -> list[bytes]:
        with owner() as connection:
            found = connection.execute("SELECT sealed FROM notifications_outgoing WHERE holder_id = %s", [self.agency.pk]).fetchall()
        return [bytes(one) for (one,) in found]

    def reseal(self, **more: Any) -> resealing.Resealed:
        with owner() as connection:
            return resealing.reseal(connection=connection, ring=self.ring, agency_id=self.agency.pk, say=lambda _: None, **({"settles": 0.0} | more))


@pytest.fixture
def sealed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Sealed]:
    with own_database(django_db_blocker):
        subscriptions.join()
        with transaction.atomic():
            world = PlanWorld()
            sent(a_birth(world.maria, at=world.at), in_treatment="NO")
            by = viewer(world.maria)
            source_keys.ensure_key(agency=world.st_agnes, at=clock.outside())
            plan = world.a_plan(agreed=True)
            paper = world.share(plan, to=world.bea).consent
            dana = viewer(world.dana)
            with acting_as(dana):
                keep_scan(by=dana, at=world.at, consent=paper, scan=Upload(media_type="image/jpeg", content=SCAN))
            assert by.holder_id == world.st_agnes.pk
        yield Sealed(agency=world.st_agnes, ring=Keyring(home=Path(settings.CARELOOM_HOME)))
    forget()


@pytest.fixture
def program(sealed: Sealed) -> Sealed:
    """The program that keeps the scan."""
    with owner() as connection:
        ((holder,),) = connection.execute("SELECT holder_id FROM consents_scan").fetchall()
    return Sealed(agency=apps.get_model("agencies", "Agency").objects.get(pk=holder), ring=sealed.ring)


def former_file(agency_id: UUID) -> Path:
    return Path(settings.CARELOOM_HOME) / "keys" / "agencies" / f"{agency_id}.former.key"


def test_every_column_of_late_bytesis_sealed_anew_or_says_which_key_it_has() -> None:
    found = {
        model._meta.db_table for model in apps.get_models() if any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)
    }  # fmt: skip
    anew = {one.table for one in resealing.sealed_columns()}
    assert found == anew | set(resealing.OTHERWISE)
    assert not anew & set(resealing.OTHERWISE)


def test_all_lies_under_the_new_key_and_says_the_same(sealed: Sealed, program: Sealed) -> None:
    before, old = sealed.says(), sealed.ring.agency_key(sealed.agency.pk)
    others = program.ring.agency_key(program.agency.pk)
    assert before["receipts"]
    assert before["outgoing"]
    done = sealed.reseal()
    assert (done.sealed, done.lost) == (len(before["receipts"]) + len(before["outgoing"]) + 1, 0)
    assert sealed.says() == before
    assert source_keys.proof(agency_id=sealed.agency.pk, client_id="c", audience="a", at=clock.outside())
    assert not former_file(sealed.agency.pk).exists()
    assert sealed.ring.agency_key(sealed.agency.pk) != old
    key = SourceKey.objects.get()
    with pytest.raises(KeyProblem):
        decrypt(key=old, ciphertext=bytes(key.sealed), associated=key.pk.bytes)
    assert program.ring.agency_key(program.agency.pk) == others, "another agency's key stays"
    with acting_as(system(System.JOB, holder_id=sealed.agency.pk)), transaction.atomic():
        told = list(AuditRow.objects.filter(object_id=sealed.agency.pk, action__startswith="agencies.").values_list("action", flat=True))
    assert {"agencies.key_changed", "agencies.former_key_destroyed"} <= set(told)
    assert program.reseal().sealed == 1
    assert program.says()["scans"] == [SCAN]


def _in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = resealing._column

    def column(connection: Any, one: Any, **rest: Any) -> Any:
        if one.table == "notifications_outgoing":
            raise KeyboardInterrupt
        return whole(connection, one, **rest)

    monkeypatch.setattr(resealing, "_column", column)


def _before_the_new_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(path: Path, text: str) -> None:
        raise KeyboardInterrupt

    whole = Keyring._read_or_make

    def made(self: Keyring, path: Path, text: str) -> str:
        found = whole(self, path, text)
        if ".former" in path.name:
            monkeypatch.setattr("careloom.infra.keys._write_private", killed)
        return found

    monkeypatch.setattr(Keyring, "_read_or_make", made)


def _before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Keyring, agency_id: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Keyring, "end_former_key", killed)


@pytest.mark.parametrize("ill", [_in_the_middle, _before_the_new_key, _before_the_end])
def test_wherever_it_is_killed_all_is_readable_and_the_next_call_ends_it(
    sealed: Sealed, ill: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = sealed.says(), sealed.ring.agency_key(sealed.agency.pk)
    with monkeypatch.context() as patch:
        ill(patch)
        with pytest.raises(KeyboardInterrupt):
            sealed.reseal()
    assert sealed.says() == before
    sealed.ring.rotate_master()
    assert sealed.says() == before, "also while the master key is changed"
    sealed.reseal()
    assert sealed.says() == before
    assert sealed.ring.agency_key(sealed.agency.pk) != old
    assert not former_file(sealed.agency.pk).exists()


def test_what_was_sealed_with_a_key_read_before_is_found_by_the_last_look(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that began before the new key lay there writes after the first look."""
    old, slept = sealed.ring.agency_key(sealed.agency.pk), []

    def late(seconds: float) -> None:
        slept.append(seconds)
        key = SourceKey.objects.get()
        with owner() as connection:
            late_bytes = encrypt(key=old, plaintext=b"late", associated=key.pk.bytes)
            connection.execute("UPDATE exchange_source_key SET sealed = %s", [late_bytes])
        monkeypatch.setattr(resealing.time, "time", lambda: 4e9)

    monkeypatch.setattr(resealing.time, "sleep", late)
    sealed.reseal(settles=30.0)
    assert len(slept) == 1
    key = SourceKey.objects.get()
    assert decrypt(key=sealed.ring.agency_key(sealed.agency.pk), ciphertext=bytes(key.sealed), associated=key.pk.bytes) == b"late"


def test_what_no_key_opens_stays_and_so_does_the_former_key(sealed: Sealed) -> None:
    with owner() as connection:
        connection.execute("UPDATE exchange_source_key SET sealed = %s", [b"\x01" + b"x" * 60])
    done = sealed.reseal()
    assert done.lost == 1
    assert former_file(sealed.agency.pk).exists()
    assert bytes(SourceKey.objects.get().sealed) == b"\x01" + b"x" * 60


def test_a_destroyed_agency_has_no_key_to_change(sealed: Sealed) -> None:
    sealed.ring.new_agency_key(sealed.agency.pk)
    sealed.ring.destroy_agency_key(sealed.agency.pk, held=lambda: False)
    assert not former_file(sealed.agency.pk).exists(), "the former one goes with it"
    with pytest.raises(KeyProblem):
        sealed.reseal()
