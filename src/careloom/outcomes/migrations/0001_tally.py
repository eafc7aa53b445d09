"""The tally of notifications: counts only, made by the owner's function, so that nobody reads a hospital's rows to count them."""

from django.db import migrations

TALLY = """
CREATE FUNCTION outcomes_tally(the_year integer, the_zone text)
RETURNS TABLE (notify text, status text, notifications bigint, infants bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT n.answer ->> 'notify', n.status, count(*), coalesce(sum(cardinality(n.infant_ids)), 0)
   FROM notifications_notification n
   WHERE n.sent_at IS NOT NULL AND extract(year FROM n.sent_at AT TIME ZONE the_zone) = the_year GROUP BY 1, 2 $$;
CREATE FUNCTION outcomes_waiting() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(*) FROM notifications_outgoing $$;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_row_security")]
    operations = [migrations.RunSQL(TALLY, "DROP FUNCTION outcomes_tally(integer, text); DROP FUNCTION outcomes_waiting();")]
