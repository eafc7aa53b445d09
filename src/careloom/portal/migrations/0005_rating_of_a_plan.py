"""She says how her whole plan was, once it is closed: in the table of what she says of services."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_handout_and_rating")]
    operations = [
        migrations.AlterField(model_name="servicerating", name="referral_id", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="servicerating", name="plan_id", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="servicerating", name="heard", field=models.CharField(blank=True, max_length=10, default="")),
        migrations.AlterField(model_name="servicerating", name="heard", field=models.CharField(blank=True, max_length=10)),
        migrations.AddConstraint(
            model_name="servicerating", constraint=models.UniqueConstraint(fields=["holder_id", "plan_id"], name="portal_service_rating_plan")
        ),
    ]
