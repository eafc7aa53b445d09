"""The events of the de-identified extract, one function for each kind: numbers, days and codes, no name, no free text, no id (decision 0015).

Each gives the rows of some buckets of families. `until` is the last day that the data knows; `the_zone` is where days are counted. Rows that were
taken back are left out, and so is what is kept back (`deidentified.silent`, `deidentified.kept_back`).
"""

from django.db import migrations

from careloom.infra.access import rls
from careloom.outcomes.migrations._extract import ASKED, CODE, SETTINGS, day, events, may, of

RACE = """
CREATE FUNCTION deidentified.race(told text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN cardinality(found) > 1 THEN 'MULTIPLE' WHEN cardinality(found) = 1 THEN found[1]
     WHEN told ~* 'other' THEN 'OTHER' END
   FROM (SELECT array_remove(ARRAY[
     CASE WHEN told ~* 'multiple|two or more' THEN 'MULTIPLE' END, CASE WHEN told ~* '\\mwhite' THEN 'WHITE' END,
     CASE WHEN told ~* '\\mblack|african' THEN 'BLACK' END, CASE WHEN told ~* '\\masian' THEN 'ASIAN' END,
     CASE WHEN told ~* 'hawaiian|pacific' THEN 'PACIFIC' END,
     CASE WHEN told ~* 'american indian|alaska|native american' OR told ~* '\\mnative\\M(?! hawaiian)' THEN 'NATIVE' END], NULL) AS found) f $$;
CREATE FUNCTION deidentified.ethnicity(told text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN told = '' THEN NULL WHEN told ~* '\\m(not|non)[- ]hispanic' THEN 'NOT_HISPANIC' WHEN told ~* 'hispanic|latin' THEN 'HISPANIC'
   ELSE 'NOT_HISPANIC' END $$;
CREATE FUNCTION deidentified.exposure(substance text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN substance IN ('METHADONE', 'BUPRENORPHINE') THEN 'MOUD' WHEN substance = 'PRESCRIPTION_OPIOID' THEN 'PRESCRIBED_OPIOID'
     WHEN substance IN ('HEROIN', 'FENTANYL') THEN 'OPIOID' WHEN substance IN ('ALCOHOL', 'CANNABIS', 'COCAINE', 'METHAMPHETAMINE') THEN substance
     ELSE 'OTHER' END $$;
"""


def first(value: str, *, where: str) -> str:
    """What is told of a person: by herself before others, and then the newest."""
    return f"(array_agg({value} ORDER BY t.provenance = 'self_reported' DESC, t.changed_at DESC, t.id) FILTER (WHERE {where}))[1]"


_TOLD_RACE = "array_to_string(t.race_ethnicity, '|')"
SUBJECTS = f"""
CREATE FUNCTION deidentified.subjects({ASKED}) RETURNS TABLE (bucket smallint, subject bigint, role text, family bigint, born_on date, race text,
  ethnicity text, language text, county text, payer text, disability text, site text, nation text, exposure text, arm text)
{SETTINGS} $$
WITH told AS (
  SELECT t.identity_id AS id, {first("t.birth_date", where="t.birth_date IS NOT NULL")} AS born_on,
    {first(_TOLD_RACE, where=f"{_TOLD_RACE} <> ''")} AS race, {first("lower(left(t.language, 2))", where="t.language ~* '^[a-z][a-z]'")} AS language,
    {first("t.county", where="t.county IN (SELECT a.county FROM agencies_agency a WHERE a.county <> '')")} AS county,
    {first("t.payer", where="t.payer <> ''")} AS payer, {first("lower(t.tribe)", where="t.tribe <> ''")} AS tribe
  FROM people_record t {of("t.identity_id")} WHERE {may("t")} GROUP BY 1),
born AS (
  SELECT t.identity_id AS id, t.mother_identity_id AS mother, min({day("t.born_at")}) AS on_date,
    (array_agg(t.holder_id ORDER BY a.kind = 'HOSPITAL' DESC, t.recorded_at, t.id) FILTER (WHERE NOT a.is_part2_program))[1] AS site
  FROM health_birth t {of("t.identity_id")} JOIN agencies_agency a ON a.id = t.holder_id WHERE {may("t")} GROUP BY 1, 2),
bore AS (SELECT DISTINCT ON (b.mother) b.mother, b.site FROM born b WHERE b.site IS NOT NULL ORDER BY b.mother, b.on_date DESC, b.id),
given AS MATERIALIZED (SELECT v.code, lower(v.name) AS name FROM deidentified.leave v),
planned AS (
  SELECT t.identity_id AS id, (array_agg(a.id ORDER BY t.started_at DESC, t.id) FILTER (WHERE NOT a.is_part2_program))[1] AS site,
    (array_agg(a.county ORDER BY t.started_at DESC, t.id) FILTER (WHERE a.county <> ''))[1] AS county
  FROM plans_plan t {of("t.identity_id")} JOIN agencies_agency a ON a.id = t.holder_id WHERE {may("t")} GROUP BY 1),
exposed AS (
  SELECT t.identity_id AS id, CASE WHEN count(DISTINCT deidentified.exposure(t.substance)) > 1 THEN 'SEVERAL'
    ELSE min(deidentified.exposure(t.substance)) END AS exposure
  FROM health_exposure t {of("t.identity_id")} WHERE {may("t")} GROUP BY 1),
seen AS (
  SELECT p.bucket, p.subject, p.role, p.family, CASE WHEN p.role <> 'CAREGIVER' THEN coalesce(b.on_date, o.born_on) END AS born_on,
    coalesce(o.race, m.race, '') AS race, coalesce(m.language, o.language) AS language, coalesce(o.county, m.county, l.county) AS county,
    coalesce(o.payer, m.payer) AS payer, coalesce(o.tribe, m.tribe) AS tribe, x.exposure,
    coalesce(b.site, h.site, l.site) AS site
  FROM deidentified.person p LEFT JOIN told o ON o.id = p.id LEFT JOIN told m ON m.id = p.mother
  LEFT JOIN born b ON b.id = p.id LEFT JOIN bore h ON h.mother = p.id LEFT JOIN planned l ON l.id = p.mother LEFT JOIN exposed x ON x.id = p.mother
  WHERE p.bucket = ANY (buckets) AND (o.id IS NOT NULL OR b.id IS NOT NULL OR l.id IS NOT NULL))
SELECT s.bucket, s.subject, s.role, s.family, s.born_on, deidentified.race(s.race), deidentified.ethnicity(s.race), s.language, s.county,
  CASE WHEN s.payer IS NULL THEN NULL WHEN upper(s.payer) IN ('PRIVATE', 'NONE', 'MEDICAID', 'MEDICARE', 'TRICARE') THEN upper(s.payer) ELSE 'PLAN' END,
  NULL::text, {CODE.format(a="a")}, (SELECT min(v.code) FROM given v WHERE v.name = s.tribe), s.exposure,
  (SELECT CASE WHEN i.compares THEN 'comparison' ELSE 'pilot' END FROM changes_pilot_site i JOIN changes_pilot o ON o.id = i.pilot_id
   WHERE o.state NOT IN ('PROPOSED', 'APPROVED') AND i.name IN (s.county, s.county || ' County', a.name, a.short_name)
   ORDER BY o.starts_on DESC, i.compares, i.id LIMIT 1)
FROM seen s LEFT JOIN agencies_agency a ON a.id = s.site
UNION ALL
SELECT n.bucket, n.number, 'BARRIER', NULL, NULL, NULL, NULL, NULL, CASE WHEN t.county IN (SELECT a.county FROM agencies_agency a) THEN nullif(t.county, '') END,
  NULL, NULL, NULL, NULL, NULL, NULL
FROM barriers_barrier t JOIN deidentified.number n ON n.kind = 'BARRIER' AND n.id = t.id AND n.bucket = ANY (buckets)
WHERE t.state NOT IN ('DUPLICATE', 'NOT_A_BARRIER')
UNION ALL
SELECT n.bucket, n.number, 'MEETING', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM meetings_meeting t JOIN deidentified.number n ON n.kind = 'MEETING' AND n.id = t.id AND n.bucket = ANY (buckets)
WHERE t.state IN ('HELD', 'MINUTES_DRAFT', 'MINUTES_APPROVED') $$;
"""
# A row of a case is filed under the mother; `child_id` names the child. The trial home visit counts from which the child went home without another setting.
_REMOVALS = f"""SELECT p.bucket, p.subject, t.*, (row_number() OVER (PARTITION BY p.subject ORDER BY t.removed_on, t.id))::integer AS episode
  FROM permanency_removal t {of("t.child_id")} WHERE t.taken_back_at IS NULL AND {may("t")}"""
EPISODES = f"""
CREATE FUNCTION deidentified.episodes({ASKED})
RETURNS TABLE (bucket smallint, subject bigint, episode integer, entered_on date, left_on date, reason text, trial_home_on date)
{SETTINGS} $$ SELECT r.bucket, r.subject, r.episode, r.removed_on, r.ended_on,
  CASE r.exit WHEN 'REUNIFIED' THEN 'reunification' WHEN 'RELATIVE' THEN 'relative' WHEN 'LEGAL_CUSTODY' THEN 'guardianship'
    WHEN 'GUARDIANSHIP' THEN 'guardianship' WHEN 'ADOPTION' THEN 'adoption' WHEN 'TRANSFER' THEN 'transfer'
    ELSE CASE WHEN r.ended_on IS NOT NULL THEN 'other' END END,
  max(x.starts_on)
FROM ({_REMOVALS}) r LEFT JOIN (SELECT t.removal_id, t.starts_on, t.ends_on FROM permanency_pause t
  WHERE t.kind = 'TRIAL_HOME_VISIT' AND t.taken_back_at IS NULL AND {may("t")}) x
  ON x.removal_id = r.id AND r.exit = 'REUNIFIED' AND (x.ends_on IS NULL OR x.ends_on >= r.ended_on)
GROUP BY r.bucket, r.subject, r.episode, r.removed_on, r.ended_on, r.exit $$;
"""
# Where a child lives is named by nothing: each home of a child has a number in the order in which it came.
PLACEMENTS = events(
    "placements",
    f"""SELECT r.bucket, r.subject, t.starts_on AS on_date, t.id::text AS tie, r.episode,
      CASE t.setting WHEN 'RELATIVE' THEN 'relative' WHEN 'KIN' THEN 'relative' WHEN 'FOSTER' THEN 'foster' WHEN 'GROUP' THEN 'group'
        WHEN 'HOSPITAL' THEN 'hospital' ELSE 'other' END AS setting,
      (dense_rank() OVER (PARTITION BY r.subject ORDER BY t.since, t.with_whom))::text AS place
    FROM (SELECT t.*, min(t.starts_on) OVER (PARTITION BY t.child_id, t.with_whom) AS since FROM permanency_placement t
      WHERE t.taken_back_at IS NULL AND {may("t")}) t
    JOIN ({_REMOVALS}) r ON r.id = t.removal_id
    UNION ALL
    SELECT r.bucket, r.subject, t.starts_on, t.id::text, r.episode,
      CASE t.kind WHEN 'TRIAL_HOME_VISIT' THEN 'trial_home_visit' WHEN 'RUNAWAY' THEN 'runaway' ELSE 'other' END, ''
    FROM permanency_pause t JOIN ({_REMOVALS}) r ON r.id = t.removal_id WHERE t.taken_back_at IS NULL AND {may("t")}""",
    episode="integer", setting="text", place="text",
)  # fmt: skip
ADJUDICATIONS = events(
    "adjudications",
    f"""SELECT p.bucket, p.subject, t.found_on AS on_date, t.id::text AS tie FROM permanency_removal t {of("t.child_id")}
    WHERE t.found_on IS NOT NULL AND t.taken_back_at IS NULL AND {may("t")}""",
)
# As child welfare keeps it; where it keeps none yet, what came in by itself.
REPORTS = events(
    "reports",
    f"""SELECT p.bucket, p.subject, t.received_on AS on_date, t.id::text AS tie, t.incident_on, nullif(nullif(lower(t.disposition), ''), 'unknown') AS disposition,
      nullif(nullif(lower(t.source), ''), 'unknown') AS source,
      CASE WHEN t.child_factors ->> 'DRUG' = 'YES' THEN 'drug' WHEN t.child_factors ->> 'ALCOHOL' = 'YES' THEN 'alcohol' END AS child_factor,
      nullif(lower(t.screened), '') AS screened
    FROM safety_report t {of("t.child_id")} WHERE t.taken_back_at IS NULL AND t.replaced_by_id IS NULL AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, {day("t.received_at")} AS on_date, t.id::text AS tie, NULL::date, NULL::text,
      CASE WHEN a.kind IN ('HOSPITAL', 'OB_CLINIC', 'PEDIATRIC_CLINIC') THEN 'medical' ELSE 'other' END,
      CASE WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(n.facts -> 'exposures') x WHERE x ->> 'substance' <> 'ALCOHOL') THEN 'drug'
        WHEN jsonb_array_length(coalesce(n.facts -> 'exposures', '[]')) > 0 OR coalesce(n.facts ->> 'fasd', 'NONE') <> 'NONE' THEN 'alcohol' END,
      CASE t.answer WHEN 'ACCEPTED_PATHWAY' THEN 'in' WHEN 'SCREENED_OUT' THEN 'out' END
    FROM notifications_received t JOIN notifications_notification n ON n.id = t.notification_id JOIN agencies_agency a ON a.id = t.from_agency_id
    CROSS JOIN LATERAL unnest(n.infant_ids) AS i(id) {of("i.id")} WHERE t.kind = 'REPORT' AND t.withdrawn_at IS NULL AND {may("t")}
      AND NOT EXISTS (SELECT 1 FROM safety_report s WHERE s.received_id = t.id AND s.child_id = i.id AND s.taken_back_at IS NULL)""",
    incident_on="date", disposition="text", source="text", child_factor="text", screened="text",
)  # fmt: skip
NOTIFICATIONS = events(
    "notifications",
    f"""SELECT p.bucket, p.subject, {day("t.sent_at")} AS on_date, t.id::text AS tie,
      CASE WHEN coalesce(t.facts ->> 'fasd', 'NONE') <> 'NONE' THEN 'FASD' WHEN coalesce(t.facts ->> 'withdrawal', 'NONE') <> 'NONE' THEN 'WITHDRAWAL'
        ELSE 'EXPOSURE' END AS basis
    FROM notifications_notification t CROSS JOIN LATERAL unnest(t.infant_ids) AS i(id) {of("i.id")}
    WHERE t.status = 'SENT' AND coalesce(t.answer ->> 'notify', 'NONE') <> 'NONE' AND {may("t")}""",
    basis="text",
)
# A plan is made when it is agreed. It stands for the mother and for each infant in it.
PLANS = events(
    "plans",
    f"""WITH agreed AS (SELECT t.id, t.identity_id, {day("t.agreed_at")} AS on_date, coalesce(t.born_on > {day("t.agreed_at")}, t.kind = 'PRENATAL') AS prenatal,
        n.number::text AS plan FROM plans_plan t JOIN deidentified.number n ON n.kind = 'PLAN' AND n.id = t.id
      WHERE t.agreed_at IS NOT NULL AND t.status NOT IN ('VOID', 'DISCARDED', 'MERGED') AND {may("t")})
    SELECT p.bucket, p.subject, g.on_date, g.plan AS tie, g.plan, g.prenatal FROM agreed g {of("g.identity_id")}
    UNION ALL
    SELECT DISTINCT p.bucket, p.subject, g.on_date, g.plan, g.plan, g.prenatal FROM plans_infant t JOIN agreed g ON g.id = t.plan_id {of("t.identity_id")}
    WHERE NOT t.noted_only AND {may("t")}""",
    plan="text", prenatal="boolean",
)  # fmt: skip
LOSSES = events(
    "losses",
    f"""SELECT p.bucket, p.subject, min(t.died_on) AS on_date, '' AS tie, 'death' AS reason FROM people_record t {of("t.identity_id")}
    WHERE t.died_on IS NOT NULL AND {may("t")} GROUP BY 1, 2""",
    reason="text",
)
STAYS = events(
    "stays",
    f"""SELECT p.bucket, p.subject, {day("t.agreed_at")} AS on_date, t.id::text AS tie, 'informal_kin' AS kind
    FROM safety_plan t JOIN safety_person c ON c.assessment_id = t.assessment_id AND c.kind = 'CHILD' {of("c.person_identity_id")}
    WHERE t.response = 'OUT_OF_HOME' AND t.agreed_at IS NOT NULL AND {may("t")} AND {may("c")}
    UNION ALL
    SELECT p.bucket, p.subject, min({day("e.at")}), t.id::text, 'with_mother'
    FROM plans_need t JOIN plans_referral f ON f.need_id = t.id JOIN plans_referral_event e ON e.referral_id = f.id
    JOIN plans_infant i ON i.plan_id = t.plan_id AND NOT i.noted_only {of("i.identity_id")}
    WHERE t.code = 'RESIDENTIAL_WITH_CHILDREN' AND (e.state = 'ATTENDED' OR (e.state = 'COMPLETED' AND f.outcome IN ('ENROLLED', 'SERVICE_DELIVERED')))
    AND {may("t")} AND {may("e")} GROUP BY 1, 2, t.id""",
    kind="text",
)
FUNCTIONS = (PLACEMENTS, ADJUDICATIONS, REPORTS, NOTIFICATIONS, PLANS, LOSSES, STAYS)


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0004_extract_numbers")]
    operations = [
        migrations.RunSQL(RACE, "DROP FUNCTION deidentified.race(text), deidentified.ethnicity(text), deidentified.exposure(text);"),
        rls.function(SUBJECTS, "deidentified.subjects(smallint[], date, text)"),
        rls.function(EPISODES, "deidentified.episodes(smallint[], date, text)"),
        *(rls.function(text, name) for text, name in FUNCTIONS),
    ]
