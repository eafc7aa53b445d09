"""What comes before the first family in an agency, and what each member has done of it, lie where the gate reads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_role_opens")]

    operations = [
        migrations.AddField(model_name="agency", name="firsts", field=models.JSONField(default=list)),
        migrations.AddField(model_name="membership", name="cleared", field=models.JSONField(default=dict)),
    ]
