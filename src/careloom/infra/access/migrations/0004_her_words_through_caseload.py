"""A grant that rests on no paper reaches only those in the recipient agency who work with the family (see `sql.GRANTED`)."""

from django.db import migrations, models

from careloom.infra.access import sql

# Where her own words reach the keeper of her plan without a paper, a paper that names the same agency opened them to all of it.
END_WIDER = """
UPDATE access_grant g SET valid_to = greatest(g.valid_from, access_now())
WHERE g.instrument_id IS NOT NULL AND g.valid_to > access_now() AND EXISTS (
  SELECT 1 FROM access_grant o WHERE o.identity_id = g.identity_id AND o.category = g.category AND o.holder_id = g.holder_id
    AND o.provenance = g.provenance AND o.recipient_id = g.recipient_id AND o.instrument_id IS NULL AND o.valid_to > access_now());
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_caseload_written_out")]
    operations = [
        migrations.RemoveIndex(model_name="grant", name="access_grant_test"),
        # The index carries the paper too, so that the test stays within it.
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                fields=["recipient_id", "identity_id", "category", "holder_id", "provenance"],
                include=["valid_from", "valid_to", "purposes", "instrument_id"],
                name="access_grant_test",
            ),
        ),
        migrations.RunSQL(sql.WRITE_GRANTED_ANEW, migrations.RunSQL.noop),
        migrations.RunSQL(END_WIDER, migrations.RunSQL.noop),
    ]
