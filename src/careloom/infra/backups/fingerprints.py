"""What a database holds, said so that two can be compared: a hash of every table's rows, and who may do what in it.

A table's hash is the SHA-256 of the sorted SHA-256 of its rows as text: the server sorts them on disk, and one number a table arrives here
however many rows there are. Two databases agree on it when they hold the same rows, wherever and in whatever order these lie.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import psycopg
from psycopg import sql

from careloom.infra.postgres import roles

Connection = psycopg.Connection[tuple[Any, ...]]
Say = Callable[[str], None]

# How values become text must not depend on the server's settings; and no policy may hide a row from who counts.
_PLAIN: Final = (
    "SET datestyle = 'ISO, YMD'", "SET timezone = 'UTC'", "SET intervalstyle = 'postgres'", "SET bytea_output = 'hex'", "SET extra_float_digits = 1",
    "SET row_security = off", "SET search_path = pg_catalog", "SET idle_in_transaction_session_timeout = 0", "SET statement_timeout = 0",
)  # fmt: skip
_OURS: Final = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
_NOT_OF_EXTENSION: Final = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
_TABLES: Final = f"""SELECT n.nspname, c.relname, c.reltuples::bigint, pg_total_relation_size(c.oid) FROM pg_class c JOIN pg_namespace n
  ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND {_OURS} AND {_NOT_OF_EXTENSION.format(oid="c.oid")} ORDER BY 1, 2"""
_ROWS: Final = """COPY (SELECT sha256(convert_to("a row"::text, 'UTF8')) AS hash FROM ONLY {} AS "a row" ORDER BY hash) TO STDOUT"""

_WHO: Final = "CASE WHEN a.grantee = 0 THEN 'PUBLIC' WHEN a.grantee = {owner} THEN 'the owner' ELSE a.grantee::regrole::text END"
_GRANT: Final = f"{_WHO} || ' ' || a.privilege_type || CASE WHEN a.is_grantable THEN ' and may pass it on' ELSE '' END"


def _acl(kind: str, source: str, name: str, acl: str, default: str, owner: str, oid: str) -> str:
    grants = _GRANT.format(owner=owner)
    return f"""SELECT 'grant', {kind} || ' ' || {name}, coalesce(string_agg({grants}, ', ' ORDER BY {grants} COLLATE "C"), '') FROM {source}
      LEFT JOIN LATERAL aclexplode(coalesce({acl}, {default})) a ON true WHERE {_OURS} AND {_NOT_OF_EXTENSION.format(oid=oid)} GROUP BY {oid}, 2"""


_RELATION: Final = "n.nspname || '.' || c.relname"
_FUNCTION: Final = "n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"
_OF_CLASS: Final = "JOIN pg_class c ON c.oid = {of} JOIN pg_namespace n ON n.oid = c.relnamespace"
# Each gives kind, name, words. The first list says the same on each version of PostgreSQL; the second is words that the server composes.
_EXACT: Final = (
    f"""SELECT 'table', {_RELATION}, 'row security ' || CASE WHEN c.relrowsecurity THEN 'on' ELSE 'off' END ||
      CASE WHEN c.relforcerowsecurity THEN ', for the owner too' ELSE '' END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND {_OURS}""",
    f"""SELECT 'column', {_RELATION} || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' needed' ELSE '' END ||
      a.attidentity::text || a.attgenerated::text FROM pg_attribute a {_OF_CLASS.format(of="a.attrelid")}
      WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND {_OURS}""",
    f"""SELECT 'function', {_FUNCTION}, md5(p.prosrc) || ' ' || CASE WHEN p.prosecdef THEN 'as its owner' ELSE 'as its caller' END || ' ' ||
      coalesce(array_to_string(p.proconfig, ' '), '') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE {_OURS} AND {_NOT_OF_EXTENSION.format(oid="p.oid")}""",
    _acl("CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END", "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND c.relkind IN "
         "('r', 'p', 'v', 'm', 'S')", _RELATION, "c.relacl", "acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", c.relowner)",
         "c.relowner", "c.oid"),
    _acl("'function'", "pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace", _FUNCTION, "p.proacl", "acldefault('f', p.proowner)",
         "p.proowner", "p.oid"),
    f"""SELECT 'grant', 'schema ' || n.nspname, coalesce(string_agg({_GRANT.format(owner="n.nspowner")}, ', '
      ORDER BY {_GRANT.format(owner="n.nspowner")} COLLATE "C"), '') FROM pg_namespace n
      LEFT JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a ON a.grantee <> n.nspowner WHERE {_OURS} GROUP BY 2""",
    f"""SELECT 'grant', 'column ' || {_RELATION} || '.' || t.attname, string_agg({_GRANT.format(owner="c.relowner")}, ', '
      ORDER BY {_GRANT.format(owner="c.relowner")} COLLATE "C") FROM pg_attribute t {_OF_CLASS.format(of="t.attrelid")},
      LATERAL aclexplode(t.attacl) a WHERE t.attnum > 0 AND NOT t.attisdropped AND {_OURS} GROUP BY c.oid, t.attnum, 2""",
)  # fmt: skip
_COMPOSED: Final = (
    """SELECT 'policy', schemaname || '.' || tablename || ' ' || policyname,
      concat_ws(' | ', permissive, (SELECT string_agg(CASE r WHEN current_user THEN 'the owner' ELSE r END, ',' ORDER BY r) FROM unnest(roles) r),
      cmd, qual, with_check) FROM pg_policies""",
    f"""SELECT 'rule', {_RELATION} || ' ' || o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint o {_OF_CLASS.format(of="o.conrelid")}
      WHERE o.contype <> 'n' AND {_OURS}""",
    f"""SELECT 'index', {_RELATION}, pg_get_indexdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'i' AND {_OURS}""",
    f"""SELECT 'trigger', {_RELATION} || ' ' || t.tgname, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid) FROM pg_trigger t
      {_OF_CLASS.format(of="t.tgrelid")} WHERE NOT t.tgisinternal AND {_OURS}""",
)  # fmt: skip
_ROLES: Final = """SELECT 'role', rolname, concat_ws(' ', CASE WHEN rolsuper THEN 'superuser' END,
  CASE WHEN rolbypassrls THEN 'passes row security' END,
  CASE WHEN rolcreaterole THEN 'makes roles' END, CASE WHEN rolreplication THEN 'replicates' END) FROM pg_roles WHERE rolname = ANY (%s)"""

_CASTS: Final = re.compile(r"::(character varying|text)\b(\[\])?|[()\s]")


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: how many rows, and the hash of all of them."""

    name: str
    rows: int
    hash: str

    def words(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return asdict(self)


def plain(connection: Connection) -> None:
    """Make this connection read everything, in one way of writing it. Call it before a transaction begins."""
    for words in _PLAIN:
        connection.execute(words)


def names(connection: Connection) -> list[tuple[str, str]]:
    """Schema and name of every table of ours."""
    return [(row[0], row[1]) for row in connection.execute(_TABLES).fetchall()]


def size(connection: Connection) -> int:
    """Bytes of all tables with their indexes."""
    return sum(int(row[3]) for row in connection.execute(_TABLES).fetchall())


def tables(connection: Connection, *, say: Say = lambda _: None) -> Iterator[Table]:
    """Hash every table. `connection` was made :func:`plain`; inside one transaction all of them are of one moment."""
    for schema, name in names(connection):
        digest, count = hashlib.sha256(), 0
        with connection.cursor() as cursor, cursor.copy(sql.SQL(_ROWS).format(sql.Identifier(schema, name))) as copy:
            for part in copy:
                digest.update(part)
                count += bytes(part).count(b"\n")
        say(f"{schema}.{name}: {count:,} rows")
        yield Table(name=f"{schema}.{name}", rows=count, hash=digest.hexdigest())


def law(connection: Connection) -> dict[str, str]:
    """Who may do what, and what holds: roles, grants, row security, policies, functions, columns, rules, triggers; each by its kind and name."""
    found: dict[str, str] = {}
    for query in (*_EXACT, *_COMPOSED):
        found |= {f"{kind} {name}": words or "" for kind, name, words in connection.execute(query).fetchall()}
    return found | {f"{kind} {name}": words for kind, name, words in connection.execute(_ROLES, [list(roles.SERVING)]).fetchall()}


def differences(*, was: dict[str, str], now: dict[str, str], same_server: bool) -> list[str]:
    """The names of what is not the same. Between two major versions of PostgreSQL, words that the server composes count as the same.

    It writes the casts of a list of words in another way after a reload, which means the same; so casts to text and brackets are left out of
    what it composes.
    """

    def same(name: str) -> bool:
        if not name.startswith(("policy ", "rule ", "index ", "trigger ")):
            return was[name] == now[name]
        return not same_server or _CASTS.sub("", was[name]) == _CASTS.sub("", now[name])

    return sorted(name for name in was.keys() | now.keys() if (name in was) != (name in now) or not same(name))
