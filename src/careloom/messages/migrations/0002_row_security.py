"""Row security of messages, appointments and safe contact."""

from django.db import migrations

from careloom.infra.access import rls


class Migration(migrations.Migration):
    dependencies = [("careloom_messages", "0001_initial"), ("access", "0002_row_security")]
    operations = [rls.family(f"messages_{name}") for name in ("safe_contact", "appointment", "message")]
