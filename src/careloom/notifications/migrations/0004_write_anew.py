"""The owner's function that writes the de-identified rows anew, so that neither place on disk nor transaction tells when a row came."""

from django.db import migrations

# The application role may not truncate; this function does that one thing and always puts every row back.
WRITE_ANEW = """
CREATE FUNCTION notifications_write_anew() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CREATE TEMPORARY TABLE notifications_all ON COMMIT DROP AS SELECT * FROM public.notifications_deidentified;
  TRUNCATE public.notifications_deidentified;
  INSERT INTO public.notifications_deidentified SELECT * FROM pg_temp.notifications_all ORDER BY receipt;
  DROP TABLE pg_temp.notifications_all;
END $$;
REVOKE ALL ON FUNCTION notifications_write_anew() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notifications_write_anew() TO careloom_app;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_answers")]
    operations = [migrations.RunSQL(WRITE_ANEW, "DROP FUNCTION notifications_write_anew();")]
