"""The appointments of an agency's day are found by index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careloom_messages", "0002_row_security")]
    operations = [
        migrations.AddIndex(
            model_name="appointment", index=models.Index(fields=["holder_id", "starts_at"], name="messages_appointment_day")
        ),
    ]
