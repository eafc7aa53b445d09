"""Where the de-identified extract comes from: random numbers for people, what is kept back, and marks by which a second extract finds what changed.

The schema is the owner's. Its functions run with the owner's rights and are given to the role `careloom_extract` alone; nobody may read its tables,
so that nothing leads from a number back to a person but these functions (decision 0015; 45 CFR 164.514(c)).
"""

from django.db import migrations

from careloom.infra.access import rls
from careloom.outcomes.migrations._extract import BULK

SCHEMA = """
CREATE SCHEMA deidentified;
REVOKE ALL ON SCHEMA deidentified FROM PUBLIC;
GRANT USAGE ON SCHEMA deidentified TO careloom_extract;
CREATE TABLE deidentified.number (
  kind text NOT NULL, id uuid NOT NULL, number bigint NOT NULL UNIQUE, bucket smallint GENERATED ALWAYS AS ((number & 15)::smallint) STORED,
  PRIMARY KEY (kind, id));
CREATE TABLE deidentified.person (
  id uuid PRIMARY KEY, subject bigint NOT NULL UNIQUE, role text NOT NULL, mother uuid NOT NULL, family bigint NOT NULL,
  bucket smallint GENERATED ALWAYS AS ((family & 15)::smallint) STORED);
CREATE INDEX person_bucket ON deidentified.person (bucket);
CREATE INDEX person_mother ON deidentified.person (mother);
"""
# 63 random bits of a version 4 UUID; its version and its variant are left out.
DRAW = """
CREATE FUNCTION deidentified.draw() RETURNS bigint LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS
$$ SELECT ('x' || substr(h, 1, 12) || substr(h, 21, 4))::bit(64)::bigint & 9223372036854775807
   FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS h) drawn $$;
"""
# Tribes that gave leave: an agreement of theirs on the use of data without names is in force (45 CFR 164.514(e)). Those that gave none are silent:
# nothing that they hold leaves. And what is kept back of a person: what her holder agreed to tell nobody, or nobody who oversees (45 CFR 164.522).
KEPT_BACK = """
CREATE VIEW deidentified.leave AS
SELECT DISTINCT a.id, a.name, upper(regexp_replace(a.short_name, '[^A-Za-z0-9]+', '_', 'g')) AS code
FROM agencies_agency a JOIN consents_clause c ON c.discloser_id = a.id
WHERE a.is_tribe AND c.kind = 'DUA' AND c.ended_at IS NULL AND c.starts_on <= access_now()::date AND (c.ends_on IS NULL OR c.ends_on >= access_now()::date);
CREATE VIEW deidentified.silent AS
SELECT a.id FROM agencies_agency a WHERE a.is_tribe AND NOT EXISTS (SELECT 1 FROM deidentified.leave l WHERE l.id = a.id);
CREATE VIEW deidentified.kept_back AS
SELECT r.holder_id, r.identity_id, r.categories::text[] FROM consents_restriction r
WHERE r.agreed AND r.ended_at IS NULL AND r.to_agency_id IS NULL AND r.to_kind IN ('', 'STATE_OVERSIGHT');
"""
KNOWN = """
CREATE VIEW deidentified.known AS
WITH said AS (
  SELECT identity_id AS id, role, mother_identity_id AS mother, 1 AS place FROM people_record WHERE role IN ('MOTHER', 'INFANT', 'CHILD')
  UNION ALL SELECT identity_id, 'INFANT', mother_identity_id, 0 FROM health_birth
  UNION ALL SELECT mother_identity_id, 'MOTHER', NULL, 0 FROM health_birth
  UNION ALL SELECT identity_id, 'MOTHER', NULL, 0 FROM plans_plan
  UNION ALL SELECT i.identity_id, 'INFANT', p.identity_id, 2 FROM plans_infant i JOIN plans_plan p ON p.id = i.plan_id WHERE NOT i.noted_only)
SELECT id, CASE WHEN bool_or(role = 'MOTHER') THEN 'CAREGIVER' WHEN bool_or(role = 'INFANT') THEN 'INFANT' ELSE 'CHILD' END AS role,
  CASE WHEN bool_or(role = 'MOTHER') THEN id
    ELSE coalesce((array_agg(mother ORDER BY place, mother) FILTER (WHERE mother IS NOT NULL))[1], id) END AS mother
FROM said GROUP BY id;
"""
# Who is new gets a number, who is gone loses it; everybody else keeps it, so that a later extract can be compared with an earlier one.
RENEW = f"""
CREATE FUNCTION deidentified.renew() RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp {BULK} AS $$
DECLARE changed bigint; more bigint;
BEGIN
  CREATE TEMPORARY TABLE known_now ON COMMIT DROP AS SELECT * FROM deidentified.known;
  CREATE TEMPORARY TABLE numbered_now ON COMMIT DROP AS
    SELECT DISTINCT 'FAMILY' AS kind, mother AS id FROM pg_temp.known_now
    UNION ALL SELECT 'PLAN', id FROM plans_plan
    UNION ALL SELECT 'BARRIER', id FROM barriers_barrier
    UNION ALL SELECT 'MEETING', id FROM meetings_meeting;
  DELETE FROM deidentified.person p WHERE NOT EXISTS (SELECT 1 FROM pg_temp.known_now k WHERE k.id = p.id);
  GET DIAGNOSTICS changed = ROW_COUNT;
  DELETE FROM deidentified.number n WHERE NOT EXISTS (SELECT 1 FROM pg_temp.numbered_now k WHERE k.kind = n.kind AND k.id = n.id);
  INSERT INTO deidentified.number (kind, id, number) SELECT k.kind, k.id, deidentified.draw() FROM pg_temp.numbered_now k ON CONFLICT (kind, id) DO NOTHING;
  UPDATE deidentified.person p SET role = k.role, mother = k.mother, family = n.number
    FROM pg_temp.known_now k JOIN deidentified.number n ON n.kind = 'FAMILY' AND n.id = k.mother
    WHERE k.id = p.id AND (p.role, p.mother, p.family) IS DISTINCT FROM (k.role, k.mother, n.number);
  GET DIAGNOSTICS more = ROW_COUNT;
  changed := changed + more;
  CREATE TEMPORARY TABLE new_now ON COMMIT DROP AS
    SELECT k.id, k.role, k.mother, n.number FROM pg_temp.known_now k JOIN deidentified.number n ON n.kind = 'FAMILY' AND n.id = k.mother
    WHERE NOT EXISTS (SELECT 1 FROM deidentified.person p WHERE p.id = k.id);
  INSERT INTO deidentified.person (id, subject, role, mother, family) SELECT k.id, deidentified.draw(), k.role, k.mother, k.number FROM pg_temp.new_now k;
  GET DIAGNOSTICS more = ROW_COUNT;
  DROP TABLE pg_temp.known_now, pg_temp.numbered_now, pg_temp.new_now;
  changed := changed + more;
  IF changed > 0 THEN
    ANALYZE deidentified.person;
    ANALYZE deidentified.number;
  END IF;
  RETURN changed;
END $$;
"""
FAMILY_SOURCES = (
    "people_record", "health_birth", "health_exposure", "health_observation", "health_condition", "health_encounter", "plans_plan", "plans_infant",
    "plans_need", "plans_need_step", "plans_referral", "plans_referral_event", "plans_review", "plans_review_finding", "notifications_notification",
    "notifications_received", "permanency_case", "permanency_removal", "permanency_placement", "permanency_pause", "permanency_treatment_court",
    "safety_plan", "safety_person", "safety_report", "treatment_episode", "treatment_episode_outcome", "treatment_medicine", "treatment_diagnosis", "position_episode",
    "consents_restriction",
)  # fmt: skip
# A mark changes when a version of a row comes, changes or goes: the sum over the rows of a hash of the row's id and of the transaction that wrote it.
_MARK = "count(*), sum(hashtextextended(t.id::text, t.xmin::text::bigint)::numeric)::text"
_OF_FAMILIES = " UNION ALL ".join(
    f"SELECT '{table}', p.bucket, {_MARK} FROM {table} t JOIN deidentified.person p ON p.id = t.identity_id GROUP BY p.bucket"
    for table in FAMILY_SOURCES
)
_NUMBERED = " UNION ALL ".join(
    f"SELECT '{table}', n.bucket, {_MARK} FROM {table} t JOIN deidentified.number n ON n.kind = '{kind}' AND n.id = t.{column} GROUP BY n.bucket"
    for table, kind, column in (
        ("barriers_barrier", "BARRIER", "id"), ("barriers_step", "BARRIER", "barrier_id"),
        ("meetings_meeting", "MEETING", "id"), ("meetings_attendance", "MEETING", "meeting_id"),
    )
)  # fmt: skip
# What concerns every family (agencies, pilots, a Tribe's leave) has one mark without a bucket. A medicine or a
# treatment that goes on has one more day each day.
MARKS = f"""
CREATE FUNCTION deidentified.marks(until date) RETURNS TABLE (source text, bucket smallint, rows bigint, mark text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp {BULK} AS
$$ {_OF_FAMILIES} UNION ALL {_NUMBERED}
   UNION ALL SELECT 'person', t.bucket, {_MARK} FROM deidentified.person t GROUP BY t.bucket
   UNION ALL SELECT 'medicines that go on', p.bucket, count(*), until::text
     FROM treatment_medicine t JOIN deidentified.person p ON p.id = t.identity_id WHERE t.ends_on IS NULL GROUP BY p.bucket
   UNION ALL SELECT 'treatment that goes on', p.bucket, count(*), until::text
     FROM treatment_episode t JOIN deidentified.person p ON p.id = t.identity_id WHERE t.ends_on IS NULL GROUP BY p.bucket
   UNION ALL SELECT 'agencies', NULL, {_MARK} FROM agencies_agency t
   UNION ALL SELECT 'pilots', NULL, {_MARK} FROM changes_pilot t
   UNION ALL SELECT 'pilot sites', NULL, {_MARK} FROM changes_pilot_site t
   UNION ALL SELECT 'leave', NULL, count(*), string_agg(l.code, ',' ORDER BY l.code) FROM deidentified.leave l $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0003_snapshots"), ("people", "0008_record_number"), ("health", "0007_every_substance"), ("plans", "0008_warm_hand_off"),
        ("notifications", "0004_write_anew"), ("permanency", "0002_what_was_written_by_mistake"), ("safety", "0003_reports"),
        ("treatment", "0001_initial"), ("position", "0002_contact_of_a_case"), ("consents", "0010_pass"), ("barriers", "0001_initial"),
        ("meetings", "0001_initial"), ("changes", "0002_on_paper"), ("agencies", "0003_role_opens"), ("access", "0008_minimum_by_role"),
    ]  # fmt: skip
    operations = [
        migrations.RunSQL(SCHEMA, "DROP SCHEMA deidentified CASCADE;"),
        rls.function(DRAW, "deidentified.draw()"),
        migrations.RunSQL(KEPT_BACK, "DROP VIEW deidentified.kept_back, deidentified.silent, deidentified.leave;"),
        migrations.RunSQL(KNOWN, "DROP VIEW deidentified.known;"),
        rls.function(RENEW, "deidentified.renew()"),
        rls.function(MARKS, "deidentified.marks(date)"),
        migrations.RunSQL(
            "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA deidentified FROM PUBLIC;"
            "GRANT EXECUTE ON FUNCTION deidentified.renew(), deidentified.marks(date) TO careloom_extract;",
            migrations.RunSQL.noop,
        ),
    ]
