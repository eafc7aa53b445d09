"""Who may take the extract, and what that role may do: the web may not call it, and the role may do nothing else (decision 0015)."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.agencies import a_worker, viewer

from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.infra.postgres import APP, EXTRACT, OWNER
from careloom.outcomes.extracting.connecting import Connection, connect

pytestmark = pytest.mark.django_db

REFUSED = r"permission denied|must be|cannot"
BUCKETS = "ARRAY[0]::smallint[], DATE '2026-01-01', 'UTC'"


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def functions() -> list[str]:
    found = rows("SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace('deidentified') ORDER BY 1")
    return [str(name) for (name,) in found]


@pytest.fixture
def extract() -> Iterator[Connection]:
    with connect() as session:
        session.rollback()
        session.autocommit = True
        yield session


CALLS = [
    "SELECT * FROM deidentified.subjects(" + BUCKETS + ")", "SELECT * FROM deidentified.steps(" + BUCKETS + ")",
    "SELECT * FROM deidentified.supplies(" + BUCKETS + ")", "SELECT * FROM deidentified.marks(DATE '2026-01-01')", "SELECT deidentified.renew()",
    "SELECT deidentified.draw()", "SELECT * FROM deidentified.person", "SELECT * FROM deidentified.number", "SELECT * FROM deidentified.known",
    "DELETE FROM deidentified.person", "SET ROLE " + EXTRACT, "SET SESSION AUTHORIZATION " + EXTRACT, "GRANT " + EXTRACT + " TO " + APP,
    "GRANT USAGE ON SCHEMA deidentified TO " + APP,
]  # fmt: skip


@pytest.mark.parametrize("sql", CALLS)
def test_nobody_who_comes_by_the_web_takes_an_extract(sql: str) -> None:
    """No worker of any agency, not the state's lead, and not the system role of the extract itself: the web's login has no way there."""
    lead = viewer(a_worker(Role.STATE_LEAD))
    for who in (viewer(a_worker()), lead, system(System.EXTRACT), system(System.MATCHING), system(System.JOB, holder_id=lead.holder_id)):
        with acting_as(who), pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            rows(sql)


def test_the_role_takes_an_extract(extract: Connection) -> None:
    assert extract.execute("SELECT current_user").fetchone() == (EXTRACT,)
    extract.execute("SELECT deidentified.renew()")
    for name in set(functions()) - {"draw", "renew", "marks", "race", "ethnicity", "exposure"}:
        extract.execute(f"SELECT * FROM deidentified.{name}({BUCKETS})").fetchall()
    assert {"subjects", "steps", "supplies", "reports", "births", "meetings"} <= set(functions())


def test_the_role_reads_no_table(extract: Connection) -> None:
    """Whatever is in the database, of every schema of ours: not one table, view or sequence of it opens to the role, and nothing can be written."""
    found = rows(
        "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind::text"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'deidentified') AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
    )
    assert len(found) > 150
    assert "deidentified.person" in {name for name, _ in found}
    for name, kind in found:
        tries = (
            (f"SELECT * FROM {name}",) if kind in "vmS" else (f"SELECT * FROM {name}", f"DELETE FROM {name}", f"INSERT INTO {name} DEFAULT VALUES")
        )
        for sql in tries:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                extract.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM public.outcomes_tally(2026, 'UTC')", "SELECT * FROM public.people_search('a', ARRAY['posc.plan_core'], 9, 0)",
        "SELECT public.access_now()",
        "SELECT deidentified.draw()", "CREATE TEMPORARY TABLE plans_plan (id uuid)", "CREATE TABLE public.mine (id int)",
        "CREATE TABLE deidentified.mine (id int)", f"SET ROLE {OWNER}", f"SET ROLE {APP}", "SET ROLE postgres", "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'cat'", "CREATE FUNCTION deidentified.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION deidentified.renew() RESET ALL", f"ALTER ROLE {EXTRACT} BYPASSRLS", "SELECT lo_import('/etc/passwd')",
    ],
)  # fmt: skip
def test_the_role_does_nothing_else(sql: str, extract: Connection) -> None:
    with pytest.raises(psycopg.errors.Error, match=REFUSED):
        extract.execute(sql)


def test_the_role_is_nobody_in_particular() -> None:
    assert (
        rows(f"SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolinherit FROM pg_roles WHERE rolname = '{EXTRACT}'")[0][:4]
        == (False,) * 4
    )
    assert rows(f"SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid IN (m.member, m.roleid) WHERE r.rolname = '{EXTRACT}'") == []


def test_its_functions_are_open_to_nobody_else_and_fix_where_they_look_names_up() -> None:
    to = "SELECT p.proname FROM pg_proc p CROSS JOIN LATERAL aclexplode(p.proacl) a WHERE p.pronamespace = to_regnamespace('deidentified')"
    assert rows(f"{to} AND a.grantee NOT IN (p.proowner, '{EXTRACT}'::regrole)") == []
    unsaid = "SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace('deidentified')"
    assert rows(f"{unsaid} AND proacl IS NULL") == []  # without a list PostgreSQL opens a function to everybody
    assert rows(f"{unsaid} AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=%'") == []
