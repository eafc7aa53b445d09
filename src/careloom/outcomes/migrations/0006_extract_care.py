"""Further events of the extract: the way of needs to services, treatment, births, programs, and the partnership's own. Who may call them all.

Treatment rows of a program leave as numbers, days and codes only, in three characters of a diagnosis and without dose, place or maker (42 CFR 2.16, 2.52).
"""

from django.db import migrations

from careloom.infra.access import rls
from careloom.outcomes.migrations._extract import day, events, may, of

BEGAN = "(e.state = 'ATTENDED' OR (e.state = 'COMPLETED' AND f.outcome IN ('ENROLLED', 'SERVICE_DELIVERED')))"
ENDED = "('DECLINED', 'CANCELLED', 'FAILED')"
# One way for each person and need, over all its referrals. Kept for 90 days: somebody saw so on the ninetieth day or after it.
STEPS = events(
    "steps",
    f"""WITH asked AS (
      SELECT p.bucket, p.subject, t.code AS need, t.id AS need_id, {day("greatest(t.made_at, g.agreed_at)")} AS named_on,
        t.her_choice, t.existing_service, {day("CASE WHEN t.result = 'MET' THEN t.resolved_at END")} AS met_on, t.result = 'UNMET' AS unmet
      FROM plans_need t JOIN plans_plan g ON g.id = t.plan_id AND g.agreed_at IS NOT NULL AND g.status NOT IN ('VOID', 'DISCARDED', 'MERGED')
      {of("t.identity_id")} WHERE t.code NOT IN ('SAFETY_ADVOCATE', 'SAFETY_PLANNING') AND {may("t")}),
    said AS (
      SELECT t.need_id, min({day("t.at")}) AS met_on FROM plans_need_step t {of("t.identity_id")}
      WHERE t.step = 'RESULT' AND t.value = 'MET' AND {may("t")} GROUP BY 1),
    sent AS (
      SELECT q.bucket, q.subject, q.need, min({day("f.requested_at")}) AS referred_on, bool_and(f.state IN {ENDED}) AS over,
        (array_agg(coalesce(a.kind, 'OTHER') ORDER BY f.requested_at DESC, f.id))[1] AS service
      FROM asked q JOIN plans_referral f ON f.need_id = q.need_id LEFT JOIN agencies_agency a ON a.id = f.receiver_id
      WHERE f.requested_at IS NOT NULL AND a.kind IS DISTINCT FROM 'DV_PROGRAM' AND {may("f")} GROUP BY 1, 2, 3),
    moved AS (
      SELECT q.subject, q.need, min({day("e.at")}) FILTER (WHERE e.state IN ('ACCEPTED', 'SCHEDULED') OR {BEGAN}) AS accepted_on,
        min({day("e.at")}) FILTER (WHERE {BEGAN}) AS started_on, max({day("e.at")}) FILTER (WHERE {BEGAN}) AS seen_on,
        (array_agg(e.reason ORDER BY e.at DESC, e.id) FILTER (WHERE e.reason <> ''))[1] AS reason
      FROM asked q JOIN plans_referral f ON f.need_id = q.need_id JOIN plans_referral_event e ON e.referral_id = f.id
      LEFT JOIN agencies_agency a ON a.id = f.receiver_id
      WHERE f.requested_at IS NOT NULL AND a.kind IS DISTINCT FROM 'DV_PROGRAM' AND {may("f")} AND {may("e")} GROUP BY 1, 2),
    looked AS (
      SELECT q.subject, q.need, max({day("r.held_at")}) AS seen_on
      FROM asked q JOIN plans_review_finding t ON t.need_id = q.need_id JOIN plans_review r ON r.id = t.review_id
      WHERE t.finding IN ('GOING_WELL', 'MET') AND {may("t")} GROUP BY 1, 2),
    stayed AS (
      SELECT p.subject, t.happened_on, coalesce(t.ends_on, until) AS until_on FROM treatment_episode t {of("t.identity_id")}
      WHERE t.taken_back_at IS NULL AND t.source = 'OWN' AND {may("t")}),
    held AS (
      SELECT m.subject, m.need FROM moved m JOIN stayed y ON y.subject = m.subject AND y.happened_on <= m.started_on + 14
        AND y.until_on >= m.started_on + 90 GROUP BY 1, 2),
    ways AS (
      SELECT q.bucket, q.subject, q.need, min(q.named_on) AS named_on, s.referred_on, m.accepted_on, m.started_on,
        CASE WHEN greatest(m.seen_on, min(l.seen_on)) >= m.started_on + 90 OR (s.service = 'PART2_PROGRAM' AND bool_or(h.need IS NOT NULL))
          THEN m.started_on + 90 END AS kept_on,
        least(min(q.met_on), min(d.met_on)) AS met_on, s.service,
        CASE WHEN s.referred_on IS NULL THEN CASE WHEN bool_or(q.her_choice = 'NO') THEN 'NO' WHEN bool_or(q.her_choice = 'NOT_NOW') THEN 'NOT_NOW'
            WHEN bool_and(q.existing_service = '') THEN 'NOT_OFFERED' END
          WHEN s.over OR bool_and(q.unmet) THEN coalesce(m.reason, 'UNKNOWN') END AS lost
      FROM asked q LEFT JOIN sent s ON s.subject = q.subject AND s.need = q.need LEFT JOIN moved m ON m.subject = q.subject AND m.need = q.need
      LEFT JOIN looked l ON l.subject = q.subject AND l.need = q.need LEFT JOIN said d ON d.need_id = q.need_id
      LEFT JOIN held h ON h.subject = q.subject AND h.need = q.need
      GROUP BY q.bucket, q.subject, q.need, s.referred_on, s.over, s.service, m.accepted_on, m.started_on, m.seen_on, m.reason),
    lines AS (
      SELECT w.bucket, w.subject, w.need, w.service, w.met_on, w.lost, v.place, v.step, v.on_date,
        v.place = max(v.place) OVER (PARTITION BY w.subject, w.need) AS final
      FROM ways w CROSS JOIN LATERAL (VALUES
        (1, 'planned', CASE WHEN w.referred_on IS NULL AND w.lost IS NOT NULL AND w.met_on IS NULL THEN w.named_on END), (2, 'referred', w.referred_on),
        (3, 'accepted', w.accepted_on), (4, 'started', w.started_on), (5, 'kept_90', w.kept_on), (6, 'goal_met', w.met_on)) AS v(place, step, on_date)
      WHERE v.on_date IS NOT NULL)
    SELECT i.bucket, i.subject, i.on_date, i.place || i.need AS tie, i.need, i.service, i.step,
      CASE WHEN i.final AND i.step <> 'goal_met' THEN i.lost END AS lost_because FROM lines i""",
    need="text", service="text", step="text", lost_because="text",
)  # fmt: skip
SUPPLIES = events(
    "supplies",
    f"""SELECT p.bucket, p.subject, t.happened_on AS on_date, t.id::text AS tie, coalesce(t.ends_on, until) - t.happened_on + 1 AS days
    FROM treatment_medicine t {of("t.identity_id")}
    WHERE t.taken_back_at IS NULL AND t.source = 'OWN' AND coalesce(t.ends_on, until) >= t.happened_on AND {may("t")}""",
    days="integer",
)
DIAGNOSES = events(
    "diagnoses",
    f"""SELECT p.bucket, p.subject, t.happened_on AS on_date, t.id::text AS tie, left(t.code, 3) AS code
    FROM treatment_diagnosis t {of("t.identity_id")}
    WHERE t.taken_back_at IS NULL AND t.source = 'OWN' AND t.code ~ '^F1[0-9]' AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, t.starts_on, t.id::text, left(t.code, 3) FROM health_condition t {of("t.identity_id")}
    WHERE t.starts_on IS NOT NULL AND t.reveals_substance_use AND t.code ~ '^F1[0-9]' AND {may("t")}""",
    code="text",
)
VISITS = events(
    "visits",
    f"""SELECT p.bucket, p.subject, {day("t.at")} AS on_date, t.id::text AS tie, 'treatment' AS kind
    FROM plans_referral_event t JOIN plans_referral f ON f.id = t.referral_id JOIN agencies_agency a ON a.id = f.receiver_id AND a.is_part2_program
    {of("t.identity_id")} WHERE t.state = 'ATTENDED' AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, {day("t.starts_at")}, t.id::text, 'treatment' FROM health_encounter t {of("t.identity_id")}
    WHERE t.starts_at IS NOT NULL AND t.category LIKE 'part2.%' AND lower(t.status) IN ('', 'finished', 'in-progress', 'completed') AND {may("t")}""",
    kind="text",
)
# Days in newborn intensive care are not known: the chart says that an infant was there, and not how long. Zeros of the others alone would lie.
BIRTHS = events(
    "births",
    f"""WITH tested AS (
      SELECT p.id FROM health_exposure t {of("t.identity_id")}
      WHERE t.known_from && ARRAY['PARENT_TOXICOLOGY', 'INFANT_TOXICOLOGY']::varchar[] AND {may("t")}
      UNION SELECT p.id FROM health_observation t {of("t.identity_id")} WHERE t.category = 'hipaa.toxicology' AND {may("t")})
    SELECT DISTINCT ON (p.subject) p.bucket, p.subject, {day("t.born_at")} AS on_date, t.id::text AS tie, t.gestation_weeks::integer AS gestation_weeks,
      t.weight_g::integer AS weight_grams, NULL::integer AS intensive_days,
      greatest(t.discharged_on - {day("t.born_at")}, 0) AS hospital_nights,
      t.identity_id IN (SELECT x.id FROM tested x) OR t.mother_identity_id IN (SELECT x.id FROM tested x) AS tested
    FROM health_birth t {of("t.identity_id")} JOIN agencies_agency a ON a.id = t.holder_id WHERE {may("t")}
    ORDER BY p.subject, a.kind = 'HOSPITAL' DESC, t.recorded_at, t.id""",
    gestation_weeks="integer", weight_grams="integer", intensive_days="integer", hospital_nights="integer", tested="boolean",
)  # fmt: skip
ENROLMENTS = events(
    "enrolments",
    f"""WITH rated AS (
      SELECT DISTINCT ON (p.id) p.id, t.her_rating::integer AS rating FROM plans_review t {of("t.identity_id")}
      WHERE t.her_rating IS NOT NULL AND t.held_at IS NOT NULL AND {may("t")} ORDER BY p.id, t.held_at DESC, t.id)
    SELECT p.bucket, p.subject, t.happened_on AS on_date, t.id::text AS tie, 'treatment' AS kind, t.ends_on + 1 AS left_on,
      CASE WHEN t.ends_on IS NOT NULL AND o.ended_how <> '' THEN o.ended_how = 'COMPLETED' END AS completed, r.rating
    FROM treatment_episode t LEFT JOIN treatment_episode_outcome o ON o.id = t.id AND o.taken_back_at IS NULL AND {may("o")}
    LEFT JOIN rated r ON r.id = t.identity_id {of("t.identity_id")}
    WHERE t.taken_back_at IS NULL AND t.source = 'OWN' AND NOT t.elsewhere AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, t.engaged_on, t.id::text, 'integration', t.discharged_on,
      CASE WHEN t.discharged_on IS NOT NULL THEN t.discharge_code = 'LINKED' END, NULL
    FROM position_episode t {of("t.identity_id")} WHERE {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, min({day("e.at")}), f.id::text,
      CASE WHEN a.kind = 'HOME_VISITING' THEN 'home_visiting' ELSE 'recovery_support' END, {day("CASE WHEN f.state = 'FAILED' THEN f.closed_at END")}, NULL, NULL
    FROM plans_referral f JOIN plans_referral_event e ON e.referral_id = f.id
    JOIN agencies_agency a ON a.id = f.receiver_id AND a.kind IN ('HOME_VISITING', 'PEER_SUPPORT') {of("f.identity_id")}
    WHERE {BEGAN} AND {may("f")} AND {may("e")} GROUP BY 1, 2, f.id, a.kind, f.state, f.closed_at""",
    kind="text", left_on="date", completed="boolean", rating="integer",
)  # fmt: skip
SYSTEMS = events(
    "systems",
    f"""SELECT p.bucket, p.subject, t.decided_on AS on_date, t.id::text AS tie, 'child_welfare' AS system, t.closed_on AS left_on
    FROM permanency_case t {of("t.identity_id")} WHERE t.outcome <> 'MISTAKE' AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, t.happened_on, t.id::text, 'behavioral_health', t.ends_on + 1 FROM treatment_episode t {of("t.identity_id")}
    WHERE t.taken_back_at IS NULL AND t.source = 'OWN' AND NOT t.elsewhere AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, t.enrolled_on, t.id::text, 'court', t.ended_on FROM permanency_treatment_court t {of("t.identity_id")}
    WHERE t.taken_back_at IS NULL AND {may("t")}
    UNION ALL
    SELECT p.bucket, p.subject, min({day("e.at")}), f.id::text, 'early_intervention', {day("CASE WHEN f.state = 'FAILED' THEN f.closed_at END")}
    FROM plans_referral f JOIN plans_referral_event e ON e.referral_id = f.id
    JOIN agencies_agency a ON a.id = f.receiver_id AND a.kind = 'EARLY_INTERVENTION' {of("f.identity_id")}
    WHERE {BEGAN} AND {may("f")} AND {may("e")} GROUP BY 1, 2, f.id, f.state, f.closed_at""",
    system="text", left_on="date",
)  # fmt: skip
NUMBERED = "JOIN deidentified.number n ON n.kind = '{kind}' AND n.id = t.id AND n.bucket = ANY (buckets)"
_REACHED = """(SELECT s.tier FROM (SELECT t.tier UNION ALL SELECT h.tier FROM barriers_step h WHERE h.barrier_id = t.id) s
  WHERE s.tier <> '' ORDER BY array_position(ARRAY['OVERSIGHT', 'CORE', 'WORK_GROUP', 'LOCAL_TEAM'], s.tier::text) LIMIT 1)"""
BARRIERS = events(
    "barriers",
    f"""SELECT n.bucket, n.number AS subject, t.raised_on AS on_date, '' AS tie, t.kind, {_REACHED} AS level,
      CASE WHEN t.state IN ('RESOLVED', 'TOLD', 'CLOSED') THEN (SELECT max(h."on") FROM barriers_step h WHERE h.barrier_id = t.id
        AND h.deed IN ('RESOLVE', 'CLOSE')) END AS closed_on
    FROM barriers_barrier t {NUMBERED.format(kind="BARRIER")} WHERE t.state NOT IN ('DUPLICATE', 'NOT_A_BARRIER')""",
    kind="text", level="text", closed_on="date",
)  # fmt: skip
MEETINGS = events(
    "meetings",
    f"""SELECT n.bucket, n.number AS subject, {day("t.starts_at")} AS on_date, '' AS tie, b.tier AS kind, count(h.id)::integer AS expected,
      (count(h.id) FILTER (WHERE h.mode <> 'ABSENT'))::integer AS present
    FROM meetings_meeting t JOIN partnership_body b ON b.id = t.body_id {NUMBERED.format(kind="MEETING")}
    LEFT JOIN meetings_attendance h ON h.meeting_id = t.id
    WHERE t.state IN ('HELD', 'MINUTES_DRAFT', 'MINUTES_APPROVED') GROUP BY 1, 2, t.starts_at, b.tier""",
    kind="text", expected="integer", present="integer",
)  # fmt: skip
FUNCTIONS = (STEPS, SUPPLIES, DIAGNOSES, VISITS, BIRTHS, ENROLMENTS, SYSTEMS, BARRIERS, MEETINGS)
# INVARIANT: nobody calls them but the role that takes the extract (and the owner). A function is open to everybody until that is taken away.
RIGHTS = """
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA deidentified FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA deidentified TO careloom_extract;
REVOKE EXECUTE ON FUNCTION deidentified.draw() FROM careloom_extract;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0005_extract_events"), ("partnership", "0001_initial")]
    operations = [
        *(rls.function(text, name) for text, name in FUNCTIONS),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
