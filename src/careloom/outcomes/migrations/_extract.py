"""The words that the functions of the extract share, for the migrations beside it alone: a later change of a function brings its own (decision 0015)."""

from __future__ import annotations

from typing import Final

ASKED: Final = "buckets smallint[], until date, the_zone text"
# Every row of a part is wanted: joined by hash, for a plan that guesses few rows and loops would take hours over a state.
BULK: Final = "SET enable_nestloop = off SET work_mem = '64MB'"
SETTINGS: Final = f"LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp {BULK} AS"
# A code for an agency: its short name in capitals.
CODE: Final = "trim(BOTH '_' FROM upper(regexp_replace({a}.short_name, '[^A-Za-z0-9]+', '_', 'g')))"


def of(column: str) -> str:
    """The person of a row, in the buckets that are asked for."""
    return f"JOIN deidentified.person p ON p.id = {column} AND p.bucket = ANY (buckets)"


def may(t: str) -> str:
    """That a row of a family is not kept back. INVARIANT: what stands about violence leaves in no form (34 U.S.C. 12291(b)(2))."""
    return (
        f"{t}.category <> 'dv.victim_record' AND {t}.holder_id <> ALL (ARRAY(SELECT k.id FROM deidentified.silent k)) AND NOT EXISTS ("
        f"SELECT 1 FROM deidentified.kept_back k WHERE k.identity_id = {t}.identity_id AND k.holder_id = {t}.holder_id"
        f" AND (k.categories = '{{}}' OR {t}.category = ANY (k.categories)))"
    )


def day(column: str) -> str:
    """The day of an instant where days are counted."""
    return f"({column} AT TIME ZONE the_zone)::date"


def events(table: str, body: str, **columns: str) -> tuple[str, str]:
    """A function for events in order: `body` gives bucket, subject, on_date, tie and the columns."""
    given = "".join(f", {name} {kind}" for name, kind in columns.items())
    shown = "".join(f", e.{name}" for name in columns)
    text = f"""CREATE FUNCTION deidentified.{table}({ASKED}) RETURNS TABLE (bucket smallint, subject bigint, seq integer, on_date date{given})
{SETTINGS} $$ SELECT e.bucket, e.subject, (row_number() OVER (PARTITION BY e.subject ORDER BY e.on_date, e.tie))::integer, e.on_date{shown}
FROM ({body}) e $$;"""
    return text, f"deidentified.{table}(smallint[], date, text)"
