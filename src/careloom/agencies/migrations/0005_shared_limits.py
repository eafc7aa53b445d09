"""The table in which attempts are counted for all web processes together (`agencies.limits`). It names nobody."""

from django.db import migrations

MAKE = """
CREATE TABLE agencies_limit (key text PRIMARY KEY, value jsonb NOT NULL, ends_at timestamptz NOT NULL);
CREATE INDEX agencies_limit_over ON agencies_limit (ends_at);
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_firsts")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE agencies_limit")]
