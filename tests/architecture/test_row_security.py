"""Every table of the database: row security, or a reason why it holds nothing about a family. And what the application role may not do."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from careloom.infra.access import rls
from careloom.infra.access.records import FamilyRecord, GuardedManager

pytestmark = pytest.mark.django_db

# Tables that hold no family data, and why. A name that ends with * stands for all that begin so.
WITHOUT = {
    "aims_*": "aims, proposals, unit costs and schedules of a collaborative; no number of people from 1 to 10, read after partnership.standing",
    "agreements_*": "agreements between partners, their clauses, versions and signatures, read after partnership.standing",
    "access_principal": "ids and kinds of principals, no person",
    "account_*": "sign-in rows of workers (allauth)",
    "agencies_*": "agencies, workers and how they sign in",
    "auth_*": "Django's groups and permissions; not used for families",
    "barriers_*": "what stands in the way of any family and what became of it: months, codes and checked words, no person",
    "clock_offset": "how far the clock of a practice world runs ahead",
    "conduct_*": "what an agency asks of its workers first, and who has done it; no family",
    "directory_*": "services that agencies offer, public",
    "django_content_type": "Django's list of models",
    "django_migrations": "which migrations ran",
    "django_session": "sessions; what is kept under the lock is sealed",
    "outcomes_leave": "nations that let figures of their citizens stand apart, and until when; no person",
    "outcomes_publication": "which years of which figures were published, by whom, and what was taken back; no person",
    "outcomes_snapshot": "which computation was made, from which inputs; figures have row security of their own",
    "inventory_*": "services of partners, standards, changes, money and the rule for data; numbers of families only from 11 on, by month",
    "meetings_*": "meetings of bodies, what they decide and promise, what partners bring; read after partnership.standing",
    "changes_*": "guidance, proposals, pilots and lessons of collaboratives, shares of months and no family; read after partnership.standing",
    "messages_safety_policy": "what a program does when a family may be in danger, in its own words; names no family",
    "keeping_applied": "random ids of tombstones that were carried out here; no person",
    "knowledge_*": "what agencies know of each other: profiles, words, roles, training counts; read after partnership.standing",
    "mfa_authenticator": "second factors of workers, sealed",
    "plans_template*": "headings and questions of local plan templates, and which agency uses which; no person",
    "plans_overdue_count": "how many reviews of an agency are late, a number without a person; pages show it through kernel.suppression",
    "partnership_*": "collaboratives of agencies and who sits in them, read after partnership.standing",
    "people_search": "how far a search for records of one person is: steps and times, no count and no id of anybody",
    "exchange_sheet_mapping": "what the columns of an agency's spreadsheets mean, no person",
    "exchange_source": "partners' record systems that an agency's administrator registers, no person",
    "exchange_source_key": "key pairs by which an agency proves itself there, the private half sealed; no person",
    "exchange_ehr": "record systems that an agency's administrator registers, no person",
    "fhir_*": "systems of agencies with public keys, hashes of tokens and of used requests; exports, whose files are sealed for a day",
    "following_barrier_draft": "what stands in the way of any family: a code, a county, a month and checked words, no person",
    "surveys_*": "anonymous questionnaires as counts, walks, stages and reviews of a collaborative, read after partnership.standing",
    "position_beside_day": "days on which a worker was at a partner's site",
    "position_state_file": "which worker made a file for the state system and when; its lines are guarded",
    "position_holder": "which workers hold the integration position",
    "procrastinate_*": "jobs; their arguments are ids only",
    "sso_*": "identity providers of agencies, roles of their groups, and hashes of names, requests and answers that were used",
    "socialaccount_*": "workers' accounts at identity providers",
    "work_late_count": "how many duties of an agency are late, a number without a person; pages show it through kernel.suppression",
    "work_setting": "how a worker wants to hear of her day and who stands in for her; no family",
    "usersessions_usersession": "where workers are signed in",
    "wording_count": "how often a word was suggested in an agency in a month: a code and two numbers",
}
ABOUT_A_PERSON = ("identity_id", "holder_id", "person_id", "subject_id", "mother_id", "infant_id")
OF_A_FAMILY = ("plan_id", "need_id", "goal_id", "referral_id", "notification_id", "draft_id", "appointment_id", "obligation_id", "link_id")
ROOMS = ("partnership", "meetings", "barriers", "changes", "agreements", "knowledge", "inventory", "surveys", "aims")
FAMILY_POLICIES = {"read": "r", "add": "a", "change": "w", "remove": "d", "match_read": "r", "match_join": "w", "minimum": "*"}


def rows(sql: str, *parameters: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def tables() -> dict[str, bool]:
    found = rows("SELECT relname, relrowsecurity FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")
    return {str(name): bool(secured) for name, secured in found}


def reason(table: str) -> str:
    return next((why for name, why in WITHOUT.items() if table == name or (name.endswith("*") and table.startswith(name[:-1]))), "")


def policies(table: str) -> dict[str, str]:
    found = rows("SELECT polname, polcmd::text FROM pg_policy WHERE polrelid = %s::regclass", table)
    return {str(name): str(command) for name, command in found}


def family_tables() -> list[str]:
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, FamilyRecord))


def test_each_table_has_row_security_or_a_reason() -> None:
    bare = [name for name, secured in tables().items() if not secured and not reason(name)]
    assert bare == [], "Give these rls.family, or rls.guarded with a policy, in the migration that makes them."


def test_a_table_about_a_person_has_row_security_whatever_the_list_says() -> None:
    columns = "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = ANY (%s)"
    about = {str(name) for (name,) in rows(columns, list(ABOUT_A_PERSON))}
    assert about
    assert [name for name, secured in tables().items() if name in about and not secured] == []


def test_no_table_of_the_rooms_points_at_a_family() -> None:
    """Decision 0011: what stands behind a number of families is a month and a hidden count, never an id."""
    rooms = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    assert {model._meta.app_label for model in rooms} >= {"partnership"}
    columns = {f"{m._meta.db_table}.{f.column}" for m in rooms for f in m._meta.local_fields if f.column in (*ABOUT_A_PERSON, *OF_A_FAMILY)}
    assert columns == set()
    assert not any(issubclass(model, FamilyRecord) for model in rooms)


def test_no_reason_outlives_its_table() -> None:
    known = tables()
    for name in WITHOUT:
        assert any(t == name or (name.endswith("*") and t.startswith(name[:-1])) for t in known), f"{name} is listed and does not exist"


def test_each_table_with_row_security_has_a_policy() -> None:
    assert [name for name, secured in tables().items() if secured and not policies(name)] == []


@pytest.mark.parametrize("table", family_tables())
def test_a_family_table_has_its_policies(table: str) -> None:
    found = policies(table)
    for name, command in FAMILY_POLICIES.items():
        assert found.get(f"{table}_{name}") == command, f"{table} lacks the policy {name}; use rls.family({table!r})"


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.startswith("careloom.")], ids=lambda m: m._meta.label)
def test_a_secured_table_is_read_through_the_guarded_manager(model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    if tables()[table]:
        assert isinstance(model._default_manager, GuardedManager)  # type: ignore[attr-defined]
        assert all(isinstance(manager, GuardedManager) for manager in model._meta.managers)  # type: ignore[attr-defined]
    else:
        assert reason(table)


def test_the_policies_come_from_one_function() -> None:
    """A change of the rule changes every table: what a new migration would write is what stands in the database."""
    written = rls.family("sample_table").sql
    for name in FAMILY_POLICIES:
        assert f"CREATE POLICY sample_table_{name} ON sample_table" in written


def test_the_application_role_owns_nothing_and_passes_no_policy() -> None:
    assert rows("SELECT current_user") == [("careloom_app",)]
    assert rows("SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'careloom_app'") == [(False,) * 4]
    owned = "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'careloom_app'"
    assert rows(owned) == []
    assert rows("SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'careloom_app'") == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO clock_offset (ahead_by) VALUES (interval '1 day')",
        "UPDATE clock_offset SET ahead_by = interval '1 day'",
        "DELETE FROM django_migrations",
        "ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY",
        "TRUNCATE access_log",
        "SET ROLE careloom_owner",
        "CREATE TABLE public.mine (id int)",
        "CREATE OR REPLACE FUNCTION access_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    ],
)
def test_the_application_role_may_not(sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_definer_functions_fix_their_search_path() -> None:
    """A function that runs with its owner's rights must not look names up where its caller can put them."""
    loose = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%%search_path=%%'"
    )
    assert loose == []
