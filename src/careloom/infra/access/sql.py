"""The SQL of row security: scope functions and the policies of a family table.

Authority: DESIGN section 2 (the form measured there). `OFFSET 0` keeps the planner from hashing the whole grant set of an agency.
"""

from __future__ import annotations

from careloom.infra.access.scope import EVERY_CATEGORY, System

CATEGORY_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION access_categories() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(nullif(current_setting('careloom.categories', true), ''), ',') $$;
CREATE OR REPLACE FUNCTION access_every_category() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('careloom.categories', true), '') = '{EVERY_CATEGORY}' $$;
"""
FUNCTIONS = """
CREATE FUNCTION access_principal() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('careloom.principal', true), '')::uuid $$;
CREATE FUNCTION access_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('careloom.agency', true), '')::uuid $$;
CREATE FUNCTION access_worker() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('careloom.worker', true), '')::uuid $$;
CREATE FUNCTION access_purpose() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('careloom.purpose', true), '') $$;
CREATE FUNCTION access_whole_agency() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('careloom.whole_agency', true), '') = '1' $$;
CREATE FUNCTION access_now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT now() + coalesce((SELECT ahead_by FROM clock_offset WHERE id = 1), interval '0') $$;
CREATE FUNCTION access_caseload(identity uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT (SELECT access_whole_agency()) OR EXISTS (
     SELECT 1 FROM access_caseload c
     WHERE c.holder_id = (SELECT access_agency()) AND c.worker_id = (SELECT access_worker())
       AND c.identity_id = identity AND c.starts_at <= (SELECT access_now()) AND c.ends_at > (SELECT access_now()) OFFSET 0) $$;
""" + CATEGORY_FUNCTIONS  # fmt: skip

DROP_FUNCTIONS = """
DROP FUNCTION access_every_category(), access_categories(), access_caseload(uuid), access_now(), access_whole_agency(), access_purpose(),
  access_worker(), access_agency(), access_principal();
"""

MATCHING = f"(SELECT access_principal()) = '{System.MATCHING.value}'::uuid"

# Written out in each policy: PostgreSQL cannot fold a function with a subquery into the query, and starts it anew for each row.
CASELOAD = """((SELECT access_whole_agency()) OR EXISTS (SELECT 1 FROM access_caseload c
    WHERE c.holder_id = (SELECT access_agency()) AND c.worker_id = (SELECT access_worker()) AND c.identity_id = {t}.identity_id
    AND c.starts_at <= (SELECT access_now()) AND c.ends_at > (SELECT access_now()) OFFSET 0))"""

# INVARIANT: minimum necessary inside the agency (45 CFR 164.514(d)(2)): a row of a category that none of the worker's roles may open is not read,
# changed or removed by her, whoever holds it and whatever a screen forgot. She may still write one down: what is said to her must not be lost.
MINIMUM = "((SELECT access_every_category()) OR {t}.category = ANY ((SELECT access_categories())::text[]))"

OWN = f"({{t}}.holder_id = (SELECT access_agency()) AND {CASELOAD})"

# INVARIANT: a grant that rests on no paper (her own words, to who keeps her plan) reaches those who work with the family and not the whole
# agency: nobody named that agency, so the caseload decides as for its own rows. She herself looks at everything of hers (`whole_agency`).
GRANTED = f"""EXISTS (SELECT 1 FROM access_grant g WHERE g.identity_id = {{t}}.identity_id AND g.category = {{t}}.category
    AND g.holder_id = {{t}}.holder_id AND g.provenance = {{t}}.provenance AND g.recipient_id = (SELECT access_principal())
    AND (SELECT access_purpose()) = ANY (g.purposes) AND g.valid_from <= (SELECT access_now())
    AND g.valid_to > (SELECT access_now()) AND (g.instrument_id IS NOT NULL OR {CASELOAD.format(t="g")}) OFFSET 0)"""


# She herself, for rows that no grant of their own category opens: some live grant makes her the reader of what is about her (42 CFR 2.23).
HERS = """(SELECT access_purpose()) = 'patient_access' AND EXISTS (SELECT 1 FROM access_grant g WHERE g.identity_id = {t}.identity_id
    AND g.recipient_id = (SELECT access_principal()) AND 'patient_access' = ANY (g.purposes)
    AND g.valid_from <= (SELECT access_now()) AND g.valid_to > (SELECT access_now()) OFFSET 0)"""


# A policy sees one version of a row. Which columns another may change is asked by a trigger, which sees both.
ANSWERS_ONLY = f"""
CREATE FUNCTION access_answers_only() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF access_principal() IS NOT NULL AND OLD.holder_id IS DISTINCT FROM access_agency()
     AND access_principal() <> '{System.MATCHING.value}'::uuid
     AND (to_jsonb(NEW) - TG_ARGV::text[]) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV::text[]) THEN
    RAISE EXCEPTION 'Who was asked changes the answer only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
"""


def enable(table: str) -> str:
    """SQL that turns row security on for `table` and gives the application role its data rights."""
    return f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO careloom_app;"""


def family_policies(table: str) -> str:
    """The policies of a table whose rows carry holder, identity, category and provenance.

    Read: own rows within the caseload, or a live grant (within the caseload where it rests on no paper); and only what the role may open.
    Write: only own rows; a row never changes its holder.
    The matching role reads all and may only change which identity a row belongs to (see people.actions.join).
    """
    own, granted = OWN.format(t=table), GRANTED.format(t=table)
    holder = f"{table}.holder_id = (SELECT access_agency())"
    return f"""{enable(table)}
CREATE POLICY {table}_read ON {table} FOR SELECT USING ({own} OR {granted});
CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({holder});
CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({own}) WITH CHECK ({holder});
CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({own});
CREATE POLICY {table}_match_read ON {table} FOR SELECT USING ({MATCHING});
CREATE POLICY {table}_match_join ON {table} FOR UPDATE USING ({MATCHING}) WITH CHECK ({MATCHING});
{minimum_policy(table)}"""


def minimum_policy(table: str) -> str:
    """The restrictive policy of the role's categories. It stands beside every other policy of the table, also those that an app adds."""
    return f"CREATE POLICY {table}_minimum ON {table} AS RESTRICTIVE FOR ALL USING ({MINIMUM.format(t=table)}) WITH CHECK (true);"


def drop_family_policies(table: str) -> str:
    """The reverse of `family_policies`."""
    drops = "\n".join(
        f"DROP POLICY {table}_{name} ON {table};" for name in ("read", "add", "change", "remove", "match_read", "match_join", "minimum")
    )
    return f"{drops}\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def system_policy(table: str, *, role: str, name: str, command: str = "SELECT") -> str:
    """A policy that lets one named system role (its id) use `table` for one command."""
    test = f"(SELECT access_principal()) = '{role}'::uuid"
    clause = {
        "SELECT": f"USING ({test})",
        "DELETE": f"USING ({test})",
        "INSERT": f"WITH CHECK ({test})",
        "UPDATE": f"USING ({test}) WITH CHECK ({test})",
    }[command]
    return f"CREATE POLICY {table}_{name} ON {table} FOR {command} {clause};"


def numbered(table: str) -> str:
    """SQL that has the database number each row of a log as it is written. One at a time and without a lock: a page waits for nobody."""
    return f"""CREATE SEQUENCE {table}_entry;
ALTER TABLE {table} ADD COLUMN entry_no bigint NOT NULL DEFAULT nextval('{table}_entry');
ALTER SEQUENCE {table}_entry OWNED BY {table}.entry_no;
CREATE UNIQUE INDEX {table}_entry_no ON {table} (entry_no);"""


def not_numbered(table: str) -> str:
    """The reverse of `numbered`; the sequence goes with its column."""
    return f"ALTER TABLE {table} DROP COLUMN entry_no;"


# A policy that was made before the caseload test was written out calls a function; it is rewritten from its own text.
WRITE_OUT_CASELOAD = f"""
DO $do$
DECLARE p record;
BEGIN
  FOR p IN SELECT tablename, policyname, qual FROM pg_policies
           WHERE schemaname = current_schema() AND position('access_caseload(identity_id)' IN qual) > 0 LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (%s)', p.policyname, p.tablename,
      replace(p.qual, 'access_caseload(identity_id)', replace($t${CASELOAD}$t$, '{{t}}', quote_ident(p.tablename))));
  END LOOP;
END $do$;
"""

# A read policy that was made with an older test of grants is written again; policies of another form name no provenance.
WRITE_GRANTED_ANEW = f"""
DO $do$
DECLARE p record;
BEGIN
  FOR p IN SELECT tablename, policyname FROM pg_policies
           WHERE schemaname = current_schema() AND policyname = tablename || '_read' AND position('g.provenance' IN qual) > 0 LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (%s)', p.policyname, p.tablename,
      replace($t${OWN} OR {GRANTED}$t$, '{{t}}', quote_ident(p.tablename)));
  END LOOP;
END $do$;
"""

# Tables that had their policies before roles were tested by the database.
MINIMUM_FOR_ALL = f"""
DO $do$
DECLARE p record;
BEGIN
  FOR p IN SELECT tablename FROM pg_policies r
           WHERE schemaname = current_schema() AND policyname = tablename || '_match_join'
             AND NOT EXISTS (SELECT 1 FROM pg_policies m WHERE m.schemaname = r.schemaname AND m.policyname = r.tablename || '_minimum') LOOP
    EXECUTE replace($t${minimum_policy("{t}")}$t$, '{{t}}', p.tablename);
  END LOOP;
END $do$;
"""
