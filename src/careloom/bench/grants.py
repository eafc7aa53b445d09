"""The three locks at the size of a county: making all grants, stopping one form under the eyes of a reader, and what row security costs.

Everything runs on one core: this process, the database and the reader share it.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from uuid import UUID

from django.db import connection, connections, transaction

from careloom.agencies.models import Membership
from careloom.agencies.queries import viewer_of
from careloom.bench.figures import median, progress, say
from careloom.bench.papers import a_form_in_force, make_county
from careloom.bench.policies import compare
from careloom.bench.processes import cpu_seconds, family
from careloom.bench.world import World
from careloom.consents import granting, passes
from careloom.consents.actions import revoke_consent
from careloom.consents.flows.memory import Memory
from careloom.consents.flows.told import gather
from careloom.consents.materialise import wanted_flows
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.models import Grant
from careloom.people.models import PersonRecord

REVOCATIONS = 200
READ = "SELECT count(*) FROM people_record WHERE identity_id = %s"
FRESHLY = 40  # families whose grants are compared with what the kernel says without any memory


def measure(*, families: int, database_pid: int) -> None:
    """Fill the empty database of this data folder with families and their forms, then measure and print."""
    from careloom.config import preparation
    from careloom.infra.ui.setup import ensure_assets

    ensure_assets(say=progress)
    preparation.migrate(say=progress)
    world = make_county(families=families)
    _materialising(families, database_pid=database_pid)
    _agreement(families)
    _revoking(world)
    _row_security(world)


def _materialising(families: int, *, database_pid: int) -> None:
    for name, note in (("materialise", "no grant stood before"), ("materialise_again", "every grant stood already")):
        pids = family([database_pid])
        stored, own, began = cpu_seconds(pids), time.process_time(), time.perf_counter()
        done = passes.run()
        wall, own = time.perf_counter() - began, time.process_time() - own
        database = cpu_seconds(family([database_pid])) - stored
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT (SELECT count(*) FROM consents_consent), (SELECT count(*) FROM access_grant WHERE valid_to > now())")
            forms, grants = cursor.fetchone()
        what = f"{families} families, {forms} consents, {grants} grants, {done.changed} changed; {note}; one core, batches committed one by one"
        say(name=f"{name}_{families}", value=own + database, unit="CPU s", n=1, note=f"{what}; PostgreSQL {database:.1f} of it; at most 60")
        say(name=f"{name}_wall_{families}", value=wall, unit="s", n=1, note=what)
    if os.path.exists("/proc/loadavg"):
        say(name="load", value=os.getloadavg()[0], unit="processes", n=1, note="how many wanted a core of this machine in the last minute")


def _agreement(families: int) -> None:
    """The grants of some families, beside what the kernel says now of each question by itself, with nothing remembered."""
    step, wrong = max(1, families // FRESHLY), 0
    for number in range(1, families + 1, step):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT md5('m' || %s)::uuid, md5('b' || %s)::uuid", [str(number), str(number)])
            ids = list(cursor.fetchone())
        with transaction.atomic(), acting_as(system(System.GRANTS)):
            told = gather(ids, at=clock.now(), memory=Memory(most=1))
            wrong += granting.one_by_one(ids, wanted_flows(told), told=told)
            transaction.set_rollback(True)
    say(name=f"materialise_differences_{families}", value=wrong, unit="grants", n=len(range(1, families + 1, step)), note="families asked anew; 0")


@dataclass(frozen=True, kw_only=True)
class Look:
    """One read of the other agency: of which form, when it began (the clock of the machine), and whether it disclosed."""

    number: int
    began: float
    saw: bool


def _reader(pipe: Connection, viewer: Viewer, target: object) -> None:
    """Reads one mother after another as another agency, as fast as it can, until it is told to stop; then hands back what it saw."""
    connections.close_all()
    mothers: list[UUID] = pipe.recv()
    looks: list[Look] = []
    pipe.send("ready")
    while (number := target.value) >= 0:  # type: ignore[attr-defined]
        # Before BEGIN: whatever this transaction sees, it began later than that.
        began = time.monotonic()
        with transaction.atomic(), acting_as(viewer), connection.cursor() as cursor:
            cursor.execute(READ, [mothers[number]])
            looks.append(Look(number=number, began=began, saw=cursor.fetchone()[0] > 0))
        time.sleep(0.002)
    pipe.send(looks)
    connections.close_all()


def _revoking(world: World) -> None:
    """Stop forms one after another: how long until each is committed, and whether any read that began after that still disclosed."""
    members = {m.worker.user.email: m for m in Membership.objects.select_related("worker__user", "agency")}
    worker = replace(viewer_of(members[world.supervisor_email]))
    chosen = _forms_of(worker, world)
    with transaction.atomic(), acting_as(worker):
        visits = Consent.objects.get(pk=chosen[0][0]).recipient_ids[0]
    reader = Viewer(principal_id=visits, kind=worker.kind, purpose="care_coordination", holder_id=visits, whole_agency=True)
    spawn = multiprocessing.get_context("fork")
    target, (here, there) = spawn.Value("i", 0), spawn.Pipe()
    connections.close_all()
    process = spawn.Process(target=_reader, args=(there, reader, target))
    process.start()
    here.send([mother for _, mother in chosen])
    here.recv()
    took: list[float] = []
    whole: list[float] = []
    committed: list[float] = []
    spent = time.process_time()
    for number, (form, _) in enumerate(chosen):
        target.value = number
        time.sleep(0.02)
        began = time.monotonic()
        with transaction.atomic(), acting_as(worker):
            # The first thing after the commit. What follows (referrals asked again, who must hear of it) takes its own time, and closes nothing.
            transaction.on_commit(lambda: committed.append(time.monotonic()))
            assert revoke_consent(by=worker, at=clock.now(), consent_id=form, how="SCREEN")
        took.append((committed[-1] - began) * 1000)
        whole.append((time.monotonic() - began) * 1000)
        time.sleep(0.01)
    spent = (time.process_time() - spent) * 1000 / len(chosen)
    target.value = -1
    looks: list[Look] = here.recv()
    process.join(timeout=10)
    late = [look for look in looks if look.began > committed[look.number]]
    before = [look for look in looks if look.began <= committed[look.number]]
    took.sort()
    note = f"{len(looks)} reads beside it on the same core; first statement to commit; at most 50"
    say(name=f"revoke_median_{world.families}", value=median(took), unit="ms", n=len(took), note=note)
    say(name=f"revoke_p99_{world.families}", value=took[int(len(took) * 0.99)], unit="ms", n=len(took), note=note)
    then = f"with all that follows the commit; {spent:.1f} ms of it CPU of Python"
    say(name=f"revoke_with_all_{world.families}", value=median(whole), unit="ms", n=len(whole), note=then)
    seen = len({look.number for look in before if look.saw})
    say(
        name=f"revoke_disclosed_after_{world.families}", value=sum(look.saw for look in late), unit="reads", n=len(late),
        note=f"reads that began after the commit; 0. Before it {seen} of {len(took)} forms were seen to disclose",
    )  # fmt: skip


def _forms_of(worker: Viewer, world: World) -> list[tuple[UUID, UUID]]:
    """Forms to the visiting agency that this worker may revoke and that disclose today, each of another family."""
    found: list[tuple[UUID, UUID]] = []
    for number in range(2, world.families, 2):
        form, mother = a_form_in_force(number)
        with transaction.atomic(), acting_as(system(System.GRANTS)):
            live = Grant.objects.filter(instrument_id=form, identity_id=mother, category="posc.plan_core", valid_to__gt=clock.now())
            if live.filter(purposes__contains=["care_coordination"]).exists():
                found.append((form, mother))
        if len(found) == REVOCATIONS:
            break
    with transaction.atomic(), acting_as(worker):
        assert PersonRecord.objects.filter(identity_id=found[0][1]).exists()
    return found


def _row_security(world: World) -> None:
    for name, on, off, n in compare(world):
        # The first one hundredth of a millisecond is the clock's own grain.
        say(
            name=f"rls_{name}_{world.families}", value=on / off if off else 0.0, unit="ratio", n=n,
            note=f"{on:.3f} ms on, {off:.3f} ms by hand; {on - off:.3f} ms dearer; a list at most 1.5, one record at most 0.5 ms dearer",
        )  # fmt: skip
