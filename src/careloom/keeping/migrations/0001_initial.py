"""Legal holds, who reads them, and that the database itself lets no line of a log go while one stands.

Nobody but the holder reads a hold: that there is one tells of a case in court, and of whom an agency keeps records (42 CFR 2.13(c)).
"""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls

# Asked where something would be destroyed. It runs as its owner: who destroys logs is nobody who may read holds. `own`: a hold on a family counts
# for its holder's records only, so that no other agency learns by a refusal that there is one; the logs tell of a family across holders.
STANDS = """
CREATE FUNCTION keeping_stands(holders uuid[], identities uuid[], own boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM keeping_hold h WHERE h.lifted_at IS NULL AND (h.ends_at IS NULL OR h.ends_at > access_now())
     AND CASE WHEN h.whole THEN h.holder_id = ANY (holders)
         ELSE (NOT own OR h.holder_id = ANY (holders)) AND (h.identity_id = ANY (identities) OR EXISTS (SELECT 1 FROM people_record p
           WHERE p.identity_id = ANY (identities) AND p.mother_identity_id = h.identity_id)) END) $$;
"""
# The code is ours (infra.audit.expunging.HELD reads it); a log has no column that another has not, so the line is read as JSON.
LOG_STAYS = """
CREATE FUNCTION keeping_log_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE line jsonb := to_jsonb(OLD);
BEGIN
  IF keeping_stands(array_remove(ARRAY[(line->>'holder_id')::uuid, (line->>'agency_id')::uuid], NULL),
       array_remove(ARRAY[(line->>'identity_id')::uuid], NULL), false) THEN
    RAISE EXCEPTION 'A legal hold stands on this line of a log' USING ERRCODE = 'CL001';
  END IF;
  RETURN OLD;
END $$;
"""
LOGS = ("access_log", "access_disclosure", "audit_row")


def stays(table: str) -> migrations.RunSQL:
    """A line of this log is not deleted while a hold stands on it, whoever asks."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_held BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keeping_log_stays();",
        f"DROP TRIGGER {table}_held ON {table};",
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0008_minimum_by_role"), ("audit", "0003_seals"), ("people", "0008_record_number")]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('whole', models.BooleanField(default=False)),
                ('reason', models.CharField(max_length=600)),
                ('placed_at', models.DateTimeField()),
                ('placed_by', models.UUIDField()),
                ('last_on', models.DateField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.UUIDField(null=True)),
                ('lifted_because', models.CharField(blank=True, max_length=300)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'keeping_hold',
                'indexes': [models.Index(fields=['holder_id', '-placed_at'], name='keeping_hold_holder'), models.Index(fields=['identity_id'], name='keeping_hold_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='keeping_hold_once')],
            },
        ),
        rls.family("keeping_hold"),
        rls.parties("keeping_hold"),
        migrations.RunSQL(
            "CREATE POLICY keeping_hold_stays ON keeping_hold AS RESTRICTIVE FOR DELETE USING (false);", "DROP POLICY keeping_hold_stays ON keeping_hold;"
        ),
        rls.function(STANDS, "keeping_stands(uuid[], uuid[], boolean)"),
        rls.function(LOG_STAYS, "keeping_log_stays()"),
        *(stays(log) for log in LOGS),
    ]
