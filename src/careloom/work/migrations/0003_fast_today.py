"""Today at forty thousand families: what was met lately by index, and the cheap half of row security tested first."""

from django.db import migrations, models

# Policies of one table are tested from the last name to the first. Whose a duty is costs a comparison; the caseload and a grant cost a look-up.
FIRST = "ALTER POLICY work_obligation_open ON work_obligation RENAME TO work_obligation_to_do;"
BACK = "ALTER POLICY work_obligation_to_do ON work_obligation RENAME TO work_obligation_open;"


class Migration(migrations.Migration):
    dependencies = [("work", "0002_row_security")]
    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["holder_id", "worker_id", "met_at"], name="work_obligation_met", condition=models.Q(met_at__isnull=False)
            ),
        ),
        migrations.RunSQL(FIRST, BACK),
    ]
