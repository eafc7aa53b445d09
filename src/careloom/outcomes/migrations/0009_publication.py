"""Publications: what was made ready, who let it go, what was taken back; and nations' leave for figures of their citizens. No family in them."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0008_own_site'),
    ]

    operations = [
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('request_key', models.CharField(max_length=64, unique=True)),
                ('nation', models.CharField(max_length=64)),
                ('given_by', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'outcomes_leave',
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('request_key', models.CharField(max_length=64, unique=True)),
                ('prepared_at', models.DateTimeField()),
                ('prepared_by', models.UUIDField(null=True)),
                ('years', models.JSONField(default=list)),
                ('told', models.PositiveIntegerField(default=0)),
                ('cells_hash', models.CharField(max_length=64)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.UUIDField(null=True)),
                ('alone_because', models.CharField(blank=True, max_length=300)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=500)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='outcomes.snapshot')),
            ],
            options={
                'db_table': 'outcomes_publication',
                'indexes': [models.Index(fields=['-approved_at'], name='outcomes_publication_newest')],
            },
        ),
        rls.open_to_app("outcomes_publication", "SELECT", "INSERT", "UPDATE", "DELETE"),
        rls.open_to_app("outcomes_leave", "SELECT", "INSERT", "UPDATE"),
    ]
