"""Migration operations that give a table its row security in the same migration that makes it."""

from __future__ import annotations

from django.db.migrations import RunSQL

from careloom.infra.access import sql
from careloom.infra.access.scope import System


def family(table: str) -> RunSQL:
    """Row security for a family table: own rows within the caseload, or a live grant."""
    return RunSQL(sql.family_policies(table), sql.drop_family_policies(table))


def policy(table: str, *, name: str, command: str, using: str = "", check: str = "") -> RunSQL:
    """One more policy on `table`, in plain SQL. `name` is added to the table's name."""
    parts = [f"CREATE POLICY {table}_{name} ON {table} FOR {command}"]
    parts += [f"USING ({using})"] if using else []
    parts += [f"WITH CHECK ({check})"] if check else []
    return RunSQL(" ".join(parts) + ";", f"DROP POLICY {table}_{name} ON {table};")


def parties(table: str, *, also: str = "", systems: tuple[System, ...] = (System.MATCHING,)) -> RunSQL:
    """Nobody else reads a row, whatever a grant on the plan says: its holder within the caseload, `systems`, and whom `also` names in SQL.

    For papers and requests: that one exists at a treatment program says that she is its patient (42 CFR 2.13(c)).
    """
    roles = ", ".join(f"'{role.value}'::uuid" for role in systems)
    text = f"{sql.OWN.format(t=table)} OR (SELECT access_principal()) IN ({roles})"
    return RunSQL(
        f"CREATE POLICY {table}_parties ON {table} AS RESTRICTIVE FOR SELECT USING ({text}{f' OR ({also})' if also else ''});",
        f"DROP POLICY {table}_parties ON {table};",
    )


def written_once(table: str) -> RunSQL:
    """A row is never changed or taken away; only the role that joins people may say whose it is."""
    return RunSQL(
        f"CREATE POLICY {table}_once ON {table} AS RESTRICTIVE FOR UPDATE USING ((SELECT access_principal()) = '{System.MATCHING.value}'::uuid);"
        f"CREATE POLICY {table}_stays ON {table} AS RESTRICTIVE FOR DELETE USING (false);",
        f"DROP POLICY {table}_once ON {table}; DROP POLICY {table}_stays ON {table};",
    )


def system(table: str, role: System, *commands: str) -> RunSQL:
    """Let one named system role use `table` for the commands given (SELECT, INSERT, UPDATE, DELETE)."""
    name = role.name.lower()
    return RunSQL(
        "\n".join(sql.system_policy(table, role=role.value, name=f"{name}_{c.lower()}", command=c) for c in commands),
        "\n".join(f"DROP POLICY {table}_{name}_{c.lower()} ON {table};" for c in commands),
    )


def function(text: str, name: str) -> RunSQL:
    """Make a function from its SQL; `name` with its parameters takes it away again."""
    return RunSQL(text, f"DROP FUNCTION {name};")


def answers(table: str, *columns: str) -> RunSQL:
    """Let who is not the holder of a row of `table`, but may update it, change these columns only (the answer)."""
    words = ", ".join(f"'{column}'" for column in columns)
    return RunSQL(
        f"CREATE TRIGGER {table}_answers BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION access_answers_only({words});",
        f"DROP TRIGGER {table}_answers ON {table};",
    )


def guarded(table: str) -> RunSQL:
    """Row security on with no policy yet: nothing is visible until `policy` or `system` adds a rule."""
    return RunSQL(sql.enable(table), f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")


def open_to_app(table: str, *rights: str) -> RunSQL:
    """A table that holds no family data: the application role gets `rights` (default all four)."""
    return RunSQL(
        f"GRANT {', '.join(rights) or 'SELECT, INSERT, UPDATE, DELETE'} ON {table} TO careloom_app;",
        f"REVOKE ALL ON {table} FROM careloom_app;",
    )
