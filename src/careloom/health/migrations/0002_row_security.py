"""Row security of clinical facts."""

from django.db import migrations

from careloom.infra.access import rls

TABLES = ("pregnancy", "birth", "condition", "medication", "encounter", "observation", "exposure")


class Migration(migrations.Migration):
    dependencies = [("health", "0001_initial"), ("access", "0002_row_security")]
    operations = [rls.family(f"health_{name}") for name in TABLES]
