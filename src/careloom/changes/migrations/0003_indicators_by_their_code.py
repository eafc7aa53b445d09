"""Decisions about the federal three name them by the code of their definition."""

from django.db import migrations

CODES = (("IDENTIFIED", "CAPTA_A"), ("WITH_PLAN", "CAPTA_B"), ("WITH_REFERRAL", "CAPTA_C"))


class Migration(migrations.Migration):

    dependencies = [
        ('changes', '0002_on_paper'),
    ]

    operations = [
        migrations.RunSQL(
            sql=f"UPDATE changes_priority SET indicator = '{new}' WHERE indicator = '{old}'",
            reverse_sql=f"UPDATE changes_priority SET indicator = '{old}' WHERE indicator = '{new}'",
        )
        for old, new in CODES
    ]
