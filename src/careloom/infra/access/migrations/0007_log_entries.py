"""Each row of the logs has a number that the database gives, and the role that seals them may read them (decision 0005)."""

from django.db import migrations

from careloom.infra.access import rls, sql
from careloom.infra.access.scope import System


class Migration(migrations.Migration):
    dependencies = [("access", "0006_review_needed")]
    operations = [
        migrations.RunSQL(sql.numbered("access_log"), sql.not_numbered("access_log")),
        migrations.RunSQL(sql.numbered("access_disclosure"), sql.not_numbered("access_disclosure")),
        rls.system("access_log", System.SEAL, "SELECT"),
        rls.system("access_disclosure", System.SEAL, "SELECT"),
    ]
