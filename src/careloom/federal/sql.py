"""The functions by which the job that writes federal files reads records of child welfare: without names, and answered to that job alone.

INVARIANT: they refuse everybody but System.EXTRACT, so no page and no worker of the state reads a family's row through them (DESIGN section 2).
"""

from __future__ import annotations

from careloom.infra.access.scope import System

_ONLY = f"""
  IF access_principal() IS DISTINCT FROM '{System.EXTRACT.value}'::uuid THEN
    RAISE EXCEPTION 'Only the extract reads this' USING ERRCODE = 'insufficient_privilege';
  END IF;"""
_DOOR = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS"

# What the holder itself knows of the child; another agency's record is not read for its file.
_CHILD = """LEFT JOIN LATERAL (SELECT p.birth_date, p.sex, p.race_ethnicity, p.county, p.tribe FROM people_record p
  WHERE p.holder_id = {t}.holder_id AND p.identity_id = {t}.child_id ORDER BY p.changed_at DESC LIMIT 1) c ON true"""
# Prenatal substance exposure as the federal count has it (law.md 4.1): under one year at the report, by medical staff, with a factor of the child.
_RULE = """(r.source = 'MEDICAL' AND (r.child_factors ->> 'ALCOHOL' = 'YES' OR r.child_factors ->> 'DRUG' = 'YES')
  AND r.received_on >= c.birth_date AND r.received_on < c.birth_date + interval '1 year')"""
_STANDS = "r.replaced_by_id IS NULL AND r.taken_back_at IS NULL"
_FOUNDED = "r.disposition IN ('SUBSTANTIATED', 'INDICATED', 'ALTERNATIVE_VICTIM')"
_IN_FILE = f"{_STANDS} AND r.screened = 'IN' AND r.disposed_on >= from_on AND r.disposed_on < until_on"

REPORTS = f"""
CREATE FUNCTION federal_reports(from_on date, until_on date, after_id uuid, most integer) RETURNS TABLE (row_id uuid, holder uuid, facts jsonb)
{_DOOR} $$ BEGIN {_ONLY}
  RETURN QUERY SELECT r.id, r.holder_id, jsonb_build_object(
    'report', to_jsonb(r) - ARRAY['identity_id', 'category', 'provenance', 'correction_reason', 'taken_back_because', 'request_key'],
    'child', to_jsonb(c), 'agency', jsonb_build_object('county', a.county), 'rule', coalesce({_RULE}, false),
    'founded_before', EXISTS (SELECT 1 FROM safety_report b WHERE b.holder_id = r.holder_id AND b.child_id = r.child_id AND b.replaced_by_id IS NULL
      AND b.taken_back_at IS NULL AND b.disposed_on < r.received_on AND b.disposition IN ('SUBSTANTIATED', 'INDICATED', 'ALTERNATIVE_VICTIM')),
    'removal', (SELECT jsonb_build_object('removed_on', m.removed_on, 'ended_on', m.ended_on) FROM permanency_removal m
      WHERE m.holder_id = r.holder_id AND m.child_id = r.child_id AND m.taken_back_at IS NULL AND m.removed_on >= r.received_on
      ORDER BY m.removed_on LIMIT 1))
  FROM safety_report r JOIN agencies_agency a ON a.id = r.holder_id {_CHILD.format(t="r")}
  WHERE {_IN_FILE} AND (after_id IS NULL OR r.id > after_id) ORDER BY r.id LIMIT most;
END $$;"""

EXPECTED = f"""
CREATE FUNCTION federal_expected(the_kind text, from_on date, until_on date) RETURNS bigint
{_DOOR} $$ BEGIN {_ONLY}
  IF the_kind = 'CHILD' THEN RETURN (SELECT count(*) FROM safety_report r WHERE {_IN_FILE}); END IF;
  RETURN (SELECT count(*) FROM permanency_removal m
          WHERE m.taken_back_at IS NULL AND m.removed_on < until_on AND (m.ended_on IS NULL OR m.ended_on >= from_on));
END $$;"""

REMOVALS = f"""
CREATE FUNCTION federal_removals(from_on date, until_on date, after_id uuid, most integer) RETURNS TABLE (row_id uuid, holder uuid, facts jsonb)
{_DOOR} $$ BEGIN {_ONLY}
  RETURN QUERY SELECT m.id, m.holder_id, jsonb_build_object(
    'removal', jsonb_build_object('removed_on', m.removed_on, 'ended_on', m.ended_on, 'exit', m.exit, 'authority', m.authority,
      'child_id', m.child_id,
      'recorded_on', m.at::date, 'exit_recorded_on', (SELECT max(x.at)::date FROM audit_row x
      WHERE m.ended_on IS NOT NULL AND x.object_id = m.id AND x.action LIKE '%care_ended')),
    'child', to_jsonb(c), 'agency', jsonb_build_object('county', a.county),
    'mother', (SELECT jsonb_build_object('birth_date', p.birth_date, 'tribe', p.tribe) FROM people_record p
      WHERE p.holder_id = m.holder_id AND p.identity_id = m.identity_id ORDER BY p.changed_at DESC LIMIT 1),
    'asked', (SELECT jsonb_build_object('signs', q.signs, 'tribe', q.tribe) FROM permanency_tribe_question q
      WHERE q.case_id = m.case_id AND q.taken_back_at IS NULL AND (q.child_id = m.child_id OR q.child_id IS NULL) ORDER BY q.asked_on DESC LIMIT 1),
    'report', (SELECT jsonb_build_object('maltreatments', r.maltreatments, 'child', r.child_factors, 'caretaker', r.caretaker_factors)
      FROM safety_report r WHERE r.holder_id = m.holder_id AND r.child_id = m.child_id AND r.replaced_by_id IS NULL AND r.taken_back_at IS NULL
      AND r.received_on <= m.removed_on ORDER BY r.received_on DESC LIMIT 1),
    'placements', (SELECT coalesce(jsonb_agg(jsonb_build_object('starts_on', l.starts_on, 'ends_on', l.ends_on, 'setting', l.setting)
      ORDER BY l.starts_on, l.id), '[]'::jsonb) FROM permanency_placement l WHERE l.removal_id = m.id AND l.taken_back_at IS NULL),
    'trial_home', (SELECT max(z.starts_on) FROM permanency_pause z WHERE z.removal_id = m.id AND z.taken_back_at IS NULL
      AND z.kind = 'TRIAL_HOME_VISIT' AND (z.ends_on IS NULL OR z.ends_on = m.ended_on)),
    'heard', (SELECT jsonb_build_object('on', h.starts_at::date, 'decided', h.decided) FROM permanency_hearing h WHERE h.case_id = m.case_id
      AND h.taken_back_at IS NULL AND h.state = 'HELD' AND h.kind = 'PERMANENCY' AND h.starts_at < until_on ORDER BY h.starts_at DESC LIMIT 1),
    'goal', (SELECT jsonb_build_object('on', h.starts_at::date, 'decided', h.decided) FROM permanency_hearing h WHERE h.case_id = m.case_id
      AND h.taken_back_at IS NULL AND h.state = 'HELD' AND h.decided <> '' AND h.starts_at < until_on ORDER BY h.starts_at DESC LIMIT 1),
    'reviewed_on', (SELECT max(v.held_on) FROM permanency_review v WHERE v.case_id = m.case_id AND v.taken_back_at IS NULL
      AND v.kind = 'SIX_MONTHS' AND v.held_on < until_on),
    'terminated_on', (SELECT min(o.dated_on) FROM permanency_paper o WHERE o.case_id = m.case_id AND o.taken_back_at IS NULL
      AND o.kind = 'ORDER' AND o.about = 'TERMINATION' AND (o.child_id = m.child_id OR o.child_id IS NULL)))
  FROM permanency_removal m JOIN agencies_agency a ON a.id = m.holder_id {_CHILD.format(t="m")}
  WHERE m.taken_back_at IS NULL AND m.removed_on < until_on AND (m.ended_on IS NULL OR m.ended_on >= from_on)
    AND (after_id IS NULL OR m.id > after_id) ORDER BY m.id LIMIT most;
END $$;"""

AGENCY = f"""
CREATE FUNCTION federal_agency(from_on date, until_on date) RETURNS jsonb
{_DOOR} $$ BEGIN {_ONLY}
  RETURN (WITH r AS (
      SELECT r.*, {_RULE} AS rule, c.birth_date, ({_IN_FILE}) AS in_file, {_FOUNDED} AS founded
      FROM safety_report r {_CHILD.format(t="r")} WHERE {_STANDS}),
    got AS (SELECT * FROM r WHERE r.received_on >= from_on AND r.received_on < until_on),
    victims AS (SELECT * FROM r WHERE r.in_file AND r.founded),
    young AS (SELECT DISTINCT child_id, identity_id FROM victims v WHERE v.received_on < v.birth_date + interval '3 years')
  SELECT jsonb_build_object(
    'screened_in', (SELECT count(DISTINCT (holder_id, number)) FROM got WHERE screened = 'IN'),
    'screened_out', (SELECT count(DISTINCT (holder_id, number)) FROM got WHERE screened = 'OUT'),
    'children_screened_out', (SELECT count(*) FROM got WHERE screened = 'OUT'),
    'response_hours', (SELECT round(avg(extract(epoch FROM (started_on + coalesce(started_time, '00:00'))
        - (received_on + coalesce(received_time, '00:00'))) / 3600)) FROM got WHERE started_on IS NOT NULL),
    'ipse_screened_out', (SELECT count(DISTINCT child_id) FROM got WHERE screened = 'OUT' AND rule),
    'ipse_out_with_plan', (SELECT count(DISTINCT child_id) FROM got WHERE screened = 'OUT' AND rule AND safe_care_plan = 'YES'),
    'ipse_out_referred', (SELECT count(DISTINCT child_id) FROM got WHERE screened = 'OUT' AND rule AND safe_care_referral = 'YES'),
    'victims_represented', (SELECT count(DISTINCT child_id) FROM victims WHERE 'COURT_REPRESENTATIVE' = ANY (services)),
    'victims_reunified', (SELECT count(DISTINCT v.child_id) FROM victims v JOIN permanency_removal m ON m.child_id = v.child_id
        AND m.taken_back_at IS NULL AND m.exit = 'REUNIFIED' AND m.ended_on < v.received_on AND m.ended_on >= v.received_on - interval '5 years'),
    'deaths_elsewhere', (SELECT count(DISTINCT child_id) FROM r d WHERE d.died = 'YES' AND d.died_on >= from_on AND d.died_on < until_on
        AND NOT EXISTS (SELECT 1 FROM r i WHERE i.in_file AND i.child_id = d.child_id)),
    'part_c_eligible', (SELECT count(*) FROM young),
    'part_c_referred', (SELECT count(*) FROM young y WHERE EXISTS (SELECT 1 FROM plans_referral f JOIN agencies_agency e ON e.id = f.receiver_id
        WHERE e.kind = 'EARLY_INTERVENTION' AND f.identity_id IN (y.identity_id, y.child_id)))));
END $$;"""

# A report that a hospital sent and child welfare has not written down yet. The extract counts it as it came in, so the comparison tells of it.
_UNWRITTEN = """SELECT i.id AS child, w.got_on, b.born_on, w.factor, w.medical, a.pack,
    (w.medical AND w.factor IS NOT NULL AND w.got_on >= b.born_on AND w.got_on < b.born_on + interval '1 year') AS rule
  FROM notifications_received t JOIN notifications_notification n ON n.id = t.notification_id
  JOIN agencies_agency a ON a.id = t.holder_id JOIN agencies_agency h ON h.id = t.from_agency_id
  CROSS JOIN LATERAL unnest(n.infant_ids) AS i(id)
  CROSS JOIN LATERAL (SELECT (t.received_at AT TIME ZONE a.zone)::date AS got_on, h.kind IN ('HOSPITAL', 'OB_CLINIC', 'PEDIATRIC_CLINIC') AS medical,
    CASE WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(n.facts -> 'exposures') x WHERE x ->> 'substance' <> 'ALCOHOL') THEN 'drug'
      WHEN jsonb_array_length(coalesce(n.facts -> 'exposures', '[]')) > 0 THEN 'alcohol' END AS factor) w
  CROSS JOIN LATERAL (SELECT coalesce((SELECT min(p.birth_date) FROM people_record p WHERE p.identity_id = i.id),
    (SELECT min((y.born_at AT TIME ZONE a.zone)::date) FROM health_birth y WHERE y.identity_id = i.id)) AS born_on) b
  WHERE t.kind = 'REPORT' AND t.withdrawn_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM safety_report s WHERE s.received_id = t.id AND s.child_id = i.id AND s.taken_back_at IS NULL)"""

# Each infant who was notified or whom a report is about, once, by what became of it: counts only.
INFANTS = f"""
CREATE FUNCTION federal_infants(from_on date, until_on date, from_at timestamptz, until_at timestamptz)
RETURNS TABLE (notified boolean, reported boolean, by_rule boolean, in_file boolean, in_period boolean, is_out boolean, is_open boolean,
  is_unwritten boolean, pack text, infants bigint)
{_DOOR} $$ BEGIN {_ONLY}
  RETURN QUERY WITH told AS (
      SELECT DISTINCT unnest(n.infant_ids) AS child FROM notifications_notification n
      WHERE n.status = 'SENT' AND n.answer ->> 'notify' <> 'NONE' AND n.sent_at >= from_at AND n.sent_at < until_at),
    kept AS (
      SELECT r.child_id AS child, {_RULE} AS rule, ({_RULE} AND {_IN_FILE}) AS filed,
        ({_RULE} AND r.received_on >= from_on AND r.received_on < until_on) AS got, ({_RULE} AND r.screened = 'OUT') AS gone,
        ({_RULE} AND r.screened <> 'OUT' AND r.disposition = '') AS waits, false AS fresh, a.pack AS law
      FROM safety_report r JOIN agencies_agency a ON a.id = r.holder_id {_CHILD.format(t="r")} WHERE {_STANDS}
      UNION ALL
      SELECT u.child, u.rule, false, u.rule AND u.got_on >= from_on AND u.got_on < until_on, false, false, u.rule, u.pack FROM ({_UNWRITTEN}) u),
    each AS (
      SELECT k.child, bool_or(k.rule) AS rule, bool_or(k.filed) AS filed, bool_or(k.got) AS got, bool_or(k.gone) AS gone,
        bool_or(k.waits) AS waits, bool_or(k.fresh) AS fresh, min(k.law) AS law FROM kept k GROUP BY 1)
  SELECT t.child IS NOT NULL, e.child IS NOT NULL, coalesce(e.rule, false), coalesce(e.filed, false), coalesce(e.got, false),
    coalesce(e.gone, false), coalesce(e.waits, false), coalesce(e.fresh, false), coalesce(e.law, '')::text, count(*)
  FROM told t FULL JOIN each e ON e.child = t.child GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
END $$;"""

# What the indicators' own recipes need, for the comparison: days and codes of every report and stay, by a child that stands for nobody.
EVENTS = f"""
CREATE FUNCTION federal_events(the_kind text)
RETURNS TABLE (child bigint, born_on date, first_on date, last_on date, code text, source text, factor text)
{_DOOR} $$ BEGIN {_ONLY}
  IF the_kind = 'CHILD' THEN
    RETURN QUERY SELECT dense_rank() OVER (ORDER BY e.who), e.born, e.got, e.happened, e.found, e.teller, e.cause FROM (
      SELECT r.child_id AS who, c.birth_date AS born, r.received_on AS got, r.incident_on AS happened, lower(r.disposition)::text AS found,
        lower(r.source)::text AS teller,
        (CASE WHEN r.child_factors ->> 'DRUG' = 'YES' THEN 'drug' WHEN r.child_factors ->> 'ALCOHOL' = 'YES' THEN 'alcohol' END)::text AS cause
      FROM safety_report r {_CHILD.format(t="r")} WHERE {_STANDS}
      UNION ALL
      SELECT u.child, u.born_on, u.got_on, NULL::date, NULL::text, (CASE WHEN u.medical THEN 'medical' ELSE 'other' END)::text, u.factor::text
      FROM ({_UNWRITTEN}) u) e;
  ELSE
    RETURN QUERY SELECT dense_rank() OVER (ORDER BY m.child_id), c.birth_date, m.removed_on, m.ended_on, m.exit::text, ''::text, ''::text
    FROM permanency_removal m {_CHILD.format(t="m")} WHERE m.taken_back_at IS NULL;
  END IF;
END $$;"""

FUNCTIONS = (
    (REPORTS, "federal_reports(date, date, uuid, integer)"), (EXPECTED, "federal_expected(text, date, date)"),
    (REMOVALS, "federal_removals(date, date, uuid, integer)"), (AGENCY, "federal_agency(date, date)"),
    (INFANTS, "federal_infants(date, date, timestamptz, timestamptz)"), (EVENTS, "federal_events(text)"),
)  # fmt: skip
