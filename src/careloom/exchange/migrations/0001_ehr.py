"""The record systems of hospitals that open Careloom. No person is in them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0005_shared_limits'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ehr',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('iss', models.CharField(max_length=300)),
                ('client_id', models.CharField(max_length=200)),
                ('hosts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'db_table': 'exchange_ehr',
                'constraints': [models.UniqueConstraint(fields=('agency', 'request_key'), name='exchange_ehr_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('agency', 'iss'), name='exchange_ehr_one_in_use')],
            },
        ),
        rls.open_to_app("exchange_ehr", "SELECT", "INSERT", "UPDATE"),
    ]
