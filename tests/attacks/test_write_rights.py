"""What the application role cannot do by plain SQL, whatever a bug in a screen would let somebody send."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from tests.attacks.rows import a_row
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.roles import Role
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.models import Grant
from careloom.infra.access.records import FamilyRecord
from careloom.plans import actions
from careloom.plans.actions.keeping import may_write
from careloom.plans.models import Goal, LeadTransfer, Need, PlanOfSafeCare, Referral

pytestmark = pytest.mark.django_db
FAMILY = sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, FamilyRecord))


@pytest.fixture
def world() -> PlanWorld:
    return PlanWorld()


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    made = world.a_plan(agreed=True)
    world.share(made, to=world.bea)
    return made


def touched(sql: str, *parameters: object) -> int:
    """How many rows a statement touched; 0 also where the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return int(cursor.rowcount)
    except DatabaseError:
        return 0


def read(sql: str, *parameters: object) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


@pytest.mark.parametrize("table", ["access_log", "access_disclosure", "audit_row"])
@pytest.mark.parametrize("sql", ["UPDATE {t} SET id = id", "DELETE FROM {t}", "TRUNCATE {t}", "ALTER TABLE {t} DISABLE TRIGGER ALL"])
def test_what_was_written_down_is_not_unwritten(world: PlanWorld, plan: PlanOfSafeCare, table: str, sql: str) -> None:
    for by in (viewer(world.dana), viewer(world.supervisor), system(System.JOB, holder_id=plan.holder_id), system(System.GRANTS)):
        with acting_as(by), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.format(t=table))


@pytest.mark.parametrize("table", FAMILY)
def test_no_family_row_moves_to_another_holder(world: PlanWorld, plan: PlanOfSafeCare, table: str) -> None:
    """Neither away (planting it on somebody) nor here (taking it), by its holder, by who reads it, or by a job for another agency."""
    other = world.harbor.pk
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        before = read(f"SELECT count(*) FROM {table} WHERE holder_id = %s", plan.holder_id)
    for by, to in ((viewer(world.dana), other), (viewer(world.bea), other), (system(System.JOB, holder_id=other), other)):
        with acting_as(by):
            assert touched(f"UPDATE {table} SET holder_id = %s WHERE holder_id = %s", to, plan.holder_id) == 0
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        assert read(f"SELECT count(*) FROM {table} WHERE holder_id = %s", plan.holder_id) == before


@pytest.mark.parametrize("table", FAMILY)
def test_who_may_read_a_row_does_not_change_or_remove_it(world: PlanWorld, plan: PlanOfSafeCare, table: str) -> None:
    with acting_as(viewer(world.bea)):
        assert touched(f"DELETE FROM {table} WHERE holder_id = %s", plan.holder_id) == 0
        assert touched(f"UPDATE {table} SET category = category WHERE holder_id = %s", plan.holder_id) == 0
    with acting_as(viewer(world.colleague)):
        assert touched(f"DELETE FROM {table} WHERE identity_id = %s", plan.identity_id) == 0


def grant_row(by: Viewer, plan: PlanOfSafeCare) -> tuple[object, ...]:
    return (uuid4(), plan.identity_id, "posc.plan_core", plan.holder_id, "originating", by.principal_id, [by.purpose])


INSERT_GRANT = """INSERT INTO access_grant (id, identity_id, category, holder_id, provenance, recipient_id, purposes, valid_from, valid_to, basis,
obligations) VALUES (%s, %s, %s, %s, %s, %s, %s, now() - interval '1 day', now() + interval '1 day', '{}', '{}')"""


def test_a_worker_gives_herself_no_grant_and_no_longer_one(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    for by in (viewer(world.maria), viewer(world.bea), viewer(world.dana), system(System.JOB, holder_id=plan.holder_id), system(System.SIGN_IN)):
        with acting_as(by):
            assert touched(INSERT_GRANT, *grant_row(by, plan)) == 0
            assert touched("UPDATE access_grant SET valid_to = 'infinity', purposes = '{system_operation}'") == 0
            assert touched("DELETE FROM access_grant") == 0


def test_a_worker_does_not_put_herself_on_another_agency_s_caseload(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    by = viewer(world.maria)
    row = "INSERT INTO access_caseload (id, holder_id, worker_id, identity_id, starts_at, ends_at) VALUES (%s, %s, %s, %s, now(), 'infinity')"
    with acting_as(by):
        assert touched(row, uuid4(), plan.holder_id, by.worker_id, plan.identity_id) == 0
        # On her own agency's she may be put, and it opens nothing: the rows are another holder's.
        assert touched(row, uuid4(), by.holder_id, by.worker_id, plan.identity_id) == 1
        assert not PlanOfSafeCare.objects.exists()


def test_nobody_writes_in_another_name_in_the_logs(world: PlanWorld) -> None:
    """Neither of another agency nor of a colleague, and not of nobody: a look without its agency would be missing in the log."""
    by, other = viewer(world.maria), viewer(world.dana)
    log = """INSERT INTO access_log (id, at, principal_id, agency_id, worker_id, purpose, place, categories, found)
        VALUES (%s, now(), %s, %s, %s, 'x', 'x', '{}', true)"""
    mine = (by.principal_id, by.principal_id, by.worker_id)
    with acting_as(by):
        assert touched(log, uuid4(), *mine) == 1
        for name in (
            (other.principal_id, *mine[1:]), (mine[0], other.principal_id, mine[2]), (*mine[:2], other.worker_id), (mine[0], None, mine[2]),
            (*mine[:2], None), (mine[0], None, None),
        ):  # fmt: skip
            assert touched(log, uuid4(), *name) == 0
    for job in (system(System.JOB, holder_id=by.principal_id), system(System.SIGN_IN)):
        with acting_as(job):
            assert touched(log, uuid4(), job.principal_id, None, None) == 1
            assert touched(log, uuid4(), job.principal_id, other.principal_id, None) == 0


def test_nobody_accounts_a_disclosure_to_a_colleague(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    by, colleague = viewer(world.bea), viewer(a_worker(Role.HOME_VISITOR, agency=world.harbor))
    row = """INSERT INTO access_disclosure (id, hour, identity_id, holder_id, recipient_id, worker_id, category, purpose, basis, obligations)
        VALUES (%s, now(), %s, %s, %s, %s, 'posc.plan_core', 'x', %s, '{}')"""
    with acting_as(by):
        assert touched(row, uuid4(), plan.identity_id, plan.holder_id, by.principal_id, colleague.worker_id, ["1"]) == 0
        assert touched(row, uuid4(), plan.identity_id, plan.holder_id, by.principal_id, by.worker_id, ["2"]) == 1


NOT_THE_RECEIVERS = (
    "note = 'changed'", "place = 'elsewhere'", "holder_id = receiver_id", "identity_id = gen_random_uuid()", "category = 'x'", "need_id = id",
    "organization = 'x'", "service_name = 'x'", "kind = 'LOGGED'", "receiver_id = holder_id", "got_help = 'YES'", "family_wants = 'NO'",
    "requested_at = now()", "answer_due_at = now()", "owner_worker_id = id", "household_ids = '{}', note = 'x'", "made_by = id", "request_key = 'x'",
    "state = 'ACCEPTED', funding = 'x'",
)  # fmt: skip


@pytest.mark.parametrize("change", NOT_THE_RECEIVERS)
def test_who_was_asked_changes_the_answer_of_a_referral_and_nothing_else(world: PlanWorld, plan: PlanOfSafeCare, change: str) -> None:
    dana, bea = viewer(world.dana), viewer(world.bea)
    with acting_as(dana):
        need = actions.add_need(by=dana, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
        assert isinstance(need, Need)
        row = a_row(Referral, holder=plan.holder_id, identity=plan.identity_id, category="posc.referral_status", at=world.at)
        row.receiver_id, row.need_id, row.plan_id, row.state = world.harbor.pk, need.pk, plan.pk, "REQUESTED"  # type: ignore[attr-defined]
        row.save(force_insert=True)
    with acting_as(bea):
        assert touched(f"UPDATE plans_referral SET {change} WHERE id = %s", row.pk) == 0
        assert touched("UPDATE plans_referral SET state = 'ACCEPTED', row_version = row_version + 1 WHERE id = %s", row.pk) == 1
    with acting_as(system(System.JOB, holder_id=plan.holder_id)):
        assert touched("UPDATE plans_referral SET note = 'ours' WHERE id = %s", row.pk) == 1


def test_who_was_asked_to_lead_changes_the_answer_only(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    dana, bea = viewer(world.dana), viewer(world.bea)
    with acting_as(dana):
        offer = actions.offer_lead(by=dana, at=world.at, plan_id=plan.pk, to_agency_id=world.harbor.pk, request_key=a_key())
        assert isinstance(offer, LeadTransfer), offer
    with acting_as(bea):
        for change in ("holder_id = to_agency_id", "plan_id = id", "asked_at = now()", "identity_id = id"):
            assert touched(f"UPDATE plans_lead_transfer SET {change} WHERE id = %s", offer.pk) == 0
        assert touched("UPDATE plans_lead_transfer SET answer = 'DECLINED' WHERE id = %s", offer.pk) == 1


def test_a_supporter_reads_and_writes_nothing(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    """She is a person whom the mother named, and no patient: no word of hers stands as the mother's."""
    her = world.her(plan)
    supporter = replace(her, principal_id=uuid4(), purpose="care_coordination")
    supporter = replace(supporter, holder_id=supporter.principal_id)
    with acting_as(her):
        goal = actions.add_goal(by=her, at=world.at, plan_id=plan.pk, words="Mine", request_key=a_key())
        assert isinstance(goal, Goal)
    assert (may_write(her), may_write(supporter)) == (True, False)
    # Shared with her as a consent would, so that the refusal is the action's and not a missing row.
    grants = [("posc.plan_core", plan.holder_id, "originating"), ("posc.plan_core", her.principal_id, "self_reported")]
    with acting_as(system(System.GRANTS)):
        for category, holder, provenance in grants:
            Grant.objects.create(
                identity_id=plan.identity_id, category=category, holder_id=holder, provenance=provenance, recipient_id=supporter.principal_id,
                purposes=["care_coordination"], valid_from=world.at, valid_to=world.at + timedelta(days=1), basis=[], obligations=[],
                instrument_id=uuid4(),
            )  # fmt: skip
    with acting_as(supporter):
        assert Goal.objects.filter(pk=goal.pk).exists()
        for done in (
            actions.add_goal(by=supporter, at=world.at, plan_id=plan.pk, words="Not hers", request_key=a_key()),
            actions.her_goal_change(by=supporter, at=world.at, goal_id=goal.pk, words="Not hers", request_key=a_key()),
            actions.agree_plan(by=supporter, at=world.at, plan_id=plan.pk, method="SCREEN", request_key=a_key()),
        ):
            assert isinstance(done, actions.Refused)
            assert "NOT_ALLOWED" in {str(reason) for reason in done.reasons}


def test_nobody_moves_the_clock_or_changes_the_functions(world: PlanWorld) -> None:
    for sql in (
        "UPDATE clock_offset SET ahead_by = interval '-1 year'", "INSERT INTO clock_offset (id, ahead_by) VALUES (1, interval '9 days')",
        "DROP FUNCTION access_now() CASCADE", "ALTER FUNCTION access_agency() OWNER TO careloom_app", "SET SESSION AUTHORIZATION careloom_owner",
        "SET ROLE postgres", "ALTER ROLE careloom_app BYPASSRLS", "CREATE FUNCTION public.access_agency() RETURNS uuid LANGUAGE sql AS 'SELECT NULL'",
        "DROP POLICY people_record_read ON people_record", "ALTER TABLE people_record NO FORCE ROW LEVEL SECURITY",
        "CREATE RULE r AS ON SELECT TO people_record DO INSTEAD SELECT 1", "COPY people_record TO PROGRAM 'cat'", "COPY people_record TO '/tmp/x'",
        "SELECT pg_read_file('/etc/passwd')", "SELECT lo_import('/etc/passwd')", "CREATE EXTENSION dblink", "SET row_security = off; SELECT 1/0",
        # A table of the same name as one of ours would stand before it for whoever does not fix where names are looked up.
        "CREATE TEMPORARY TABLE clock_offset (id int, ahead_by interval)",
    ):  # fmt: skip
        with acting_as(viewer(world.dana)), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_functions_tell_a_worker_nothing_of_others(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    everything = ["posc.plan_core", "hipaa.ob_record", "part2.medication", "dv.victim_record"]
    with acting_as(viewer(world.maria)):
        for text in ("practice", "mother", "", "%", "a"):
            assert read("SELECT * FROM people_search(%s, %s, 1000, 0)", text, everything) == []
            assert read("SELECT * FROM people_search(%s, NULL, 1000, 0)", text) == []
        assert read("SELECT access_caseload(%s)", plan.identity_id) == [(False,)]
        assert read("SELECT access_agency()") == [(world.st_agnes.pk,)]
        rows = read("SELECT * FROM outcomes_tally(2026, 'UTC')")
        assert all(len(row) == 4 and not any(isinstance(cell, UUID) for cell in row) for row in rows)
        long_ago, far = world.at - timedelta(days=999), world.at + timedelta(days=999)
        for name in ("outcomes_needs", "outcomes_turned_away"):
            rows = read(f"SELECT * FROM {name}(%s, %s)", long_ago, far)
            assert all(len(row) == 3 and not any(isinstance(cell, UUID) for cell in row) for row in rows)
        agencies = {world.riverbend.pk, world.harbor.pk, world.st_agnes.pk}
        assert {row[0] for row in read("SELECT * FROM outcomes_asked(%s, %s)", long_ago, far)} <= agencies
    with acting_as(viewer(world.dana)):
        assert len(read("SELECT * FROM people_search('practice', NULL, 1000, 0)")) == 1
    assert read("SELECT * FROM people_search('practice', NULL, 1000, 0)") == []


def test_a_scope_ends_with_its_block(world: PlanWorld, plan: PlanOfSafeCare) -> None:
    """Wider rights are lent for a block: the statement after it is the worker's again, also after an error inside."""
    by = viewer(world.maria)
    with acting_as(by):
        with acting_as(system(System.JOB, holder_id=plan.holder_id)):
            assert PlanOfSafeCare.objects.count() == 1
        assert PlanOfSafeCare.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(system(System.MATCHING)), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert PlanOfSafeCare.objects.count() == 0
        assert read("SELECT access_principal(), access_whole_agency()") == [(by.principal_id, False)]
    assert read("SELECT access_principal()") == [(None,)]


@pytest.mark.parametrize("role", [System.JOB, System.IMPORT, System.EXTRACT, System.SIGN_IN])
@pytest.mark.parametrize("table", FAMILY)
def test_a_system_role_without_an_agency_reads_no_plan(world: PlanWorld, plan: PlanOfSafeCare, role: System, table: str) -> None:
    """Only the roles that join and grant look across agencies; sign-in reads the doors it must know."""
    world.her(plan)
    with acting_as(system(role)):
        found = read(f"SELECT count(*) FROM {table}")[0][0]
    assert found == 0 or (role is System.SIGN_IN and table == "portal_person")
