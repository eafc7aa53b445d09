"""Needs of plans by county, referrals that were refused or wait, and families in plans: counts only, made by the owner's functions.

Whoever asks gets numbers of families and no row of any; what a page shows of them goes through kernel.suppression, and covers months that are over.
"""

from django.db import migrations

from careloom.infra.access import rls

# A family counts where its plan's holder says that she lives, otherwise where the holder works.
PLANS = """
SELECT p.id, p.identity_id, p.agreed_at, p.closed_at, coalesce(nullif(r.county, ''), a.county) AS county
FROM plans_plan p JOIN agencies_agency a ON a.id = p.holder_id
LEFT JOIN people_record r ON r.identity_id = p.identity_id AND r.holder_id = p.holder_id AND r.role = 'MOTHER'
WHERE p.agreed_at IS NOT NULL AND p.status NOT IN ('VOID', 'DISCARDED', 'MERGED')
"""
NEEDS = f"""
CREATE FUNCTION outcomes_needs(from_at timestamptz, until_at timestamptz) RETURNS TABLE (county text, code text, families bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT p.county, n.code, count(DISTINCT p.identity_id) FROM plans_need n JOIN ({PLANS}) p ON p.id = n.plan_id
   WHERE n.made_at >= from_at AND n.made_at < until_at GROUP BY 1, 2 $$;
"""
TURNED_AWAY = f"""
CREATE FUNCTION outcomes_turned_away(from_at timestamptz, until_at timestamptz) RETURNS TABLE (county text, code text, families bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT p.county, n.code, count(DISTINCT p.identity_id) FROM plans_referral_event e JOIN plans_referral f ON f.id = e.referral_id
   JOIN plans_need n ON n.id = f.need_id JOIN ({PLANS}) p ON p.id = f.plan_id
   WHERE e.at >= from_at AND e.at < until_at AND (e.state = 'WAITLISTED' OR (e.state = 'DECLINED' AND e.reason IN ('FULL', 'NOT_NOW_AGENCY')))
   GROUP BY 1, 2 $$;
"""
ASKED = """
CREATE FUNCTION outcomes_asked(from_at timestamptz, until_at timestamptz)
RETURNS TABLE (agency uuid, taken bigint, waiting bigint, refused bigint, unanswered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH asked AS (
     SELECT f.receiver_id AS agency, f.identity_id, bool_or(e.state IN ('ACCEPTED', 'SCHEDULED', 'ATTENDED', 'COMPLETED')) AS taken,
            bool_or(e.state = 'WAITLISTED') AS waiting, bool_or(e.state = 'DECLINED') AS refused
     FROM plans_referral f JOIN plans_referral_event e ON e.referral_id = f.id AND e.at < until_at
     WHERE f.kind = 'LIVE' AND f.receiver_id IS NOT NULL AND f.requested_at >= from_at AND f.requested_at < until_at GROUP BY 1, 2)
   SELECT agency, count(*) FILTER (WHERE taken), count(*) FILTER (WHERE waiting AND NOT taken),
          count(*) FILTER (WHERE refused AND NOT taken AND NOT waiting), count(*) FILTER (WHERE NOT (taken OR waiting OR refused))
   FROM asked GROUP BY 1 $$;
"""
SERVED = f"""
CREATE FUNCTION outcomes_served(counties text[], until_at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(DISTINCT p.identity_id) FROM ({PLANS}) p
   WHERE p.county = ANY(counties) AND p.agreed_at < until_at AND (p.closed_at IS NULL OR p.closed_at >= until_at - interval '1 month') $$;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_tally"), ("plans", "0008_warm_hand_off"), ("people", "0008_record_number"), ("agencies", "0003_role_opens")]
    operations = [
        rls.function(NEEDS, "outcomes_needs(timestamptz, timestamptz)"),
        rls.function(TURNED_AWAY, "outcomes_turned_away(timestamptz, timestamptz)"),
        rls.function(ASKED, "outcomes_asked(timestamptz, timestamptz)"),
        rls.function(SERVED, "outcomes_served(text[], timestamptz)"),
    ]
