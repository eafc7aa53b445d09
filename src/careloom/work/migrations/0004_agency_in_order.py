"""The first page of a whole agency is read off an index, in the order of Today."""

from django.db import migrations, models

IN_ORDER = ["holder_id", "-promised", "due_at", "opened_at", "id"]


class Migration(migrations.Migration):
    dependencies = [("work", "0003_fast_today")]
    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=IN_ORDER, name="work_obligation_agency", condition=models.Q(met_at=None, waiting_on=None)),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=IN_ORDER, name="work_obligation_awaited", condition=models.Q(met_at=None, waiting_on__isnull=False)),
        ),
    ]
