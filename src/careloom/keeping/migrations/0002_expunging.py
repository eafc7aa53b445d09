"""What two persons had expunged, who reads that, and which tombstones were carried out in this database."""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System


class Migration(migrations.Migration):

    dependencies = [
        ('keeping', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Applied',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'keeping_applied',
            },
        ),
        migrations.CreateModel(
            name='Expunging',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('state', models.CharField(default='PROPOSED', max_length=10)),
                ('ground', models.CharField(max_length=12)),
                ('authority', models.CharField(max_length=80)),
                ('reason', models.CharField(blank=True, max_length=600)),
                ('counts', models.JSONField(default=dict)),
                ('gone', models.JSONField(default=dict)),
                ('told', models.JSONField(default=list)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.UUIDField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.UUIDField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'keeping_expunging',
                'indexes': [models.Index(fields=['holder_id', '-proposed_at'], name='keeping_expunging_holder'), models.Index(condition=models.Q(('state__in', ['CONFIRMED', 'SWEPT'])), fields=['state'], name='keeping_expunging_open')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='keeping_expunging_once'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='keeping_expunging_two')],
            },
        ),
        rls.family("keeping_expunging"),
        rls.parties("keeping_expunging", systems=(System.MATCHING, System.JOB)),
        rls.system("keeping_expunging", System.JOB, "SELECT", "UPDATE"),
        migrations.RunSQL(
            "CREATE POLICY keeping_expunging_stays ON keeping_expunging AS RESTRICTIVE FOR DELETE USING (false);",
            "DROP POLICY keeping_expunging_stays ON keeping_expunging;",
        ),
        rls.open_to_app("keeping_applied", "SELECT"),
    ]
