"""System clients of agencies, their tokens and their used requests. No person is in them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0003_role_opens'),
    ]

    operations = [
        migrations.CreateModel(
            name='SystemClient',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('role', models.CharField(max_length=30)),
                ('purpose', models.CharField(blank=True, max_length=40)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('jwks', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('last_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'db_table': 'fhir_client',
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('given_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='fhir.systemclient')),
            ],
            options={
                'db_table': 'fhir_token',
            },
        ),
        migrations.CreateModel(
            name='UsedAssertion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('jti_hash', models.CharField(max_length=64)),
                ('ends_at', models.DateTimeField()),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='fhir.systemclient')),
            ],
            options={
                'db_table': 'fhir_used_assertion',
            },
        ),
        migrations.AddConstraint(
            model_name='systemclient',
            constraint=models.UniqueConstraint(fields=('agency', 'request_key'), name='fhir_client_once'),
        ),
        migrations.AddConstraint(
            model_name='usedassertion',
            constraint=models.UniqueConstraint(fields=('client', 'jti_hash'), name='fhir_assertion_once'),
        ),
        # A registration is never taken away: it is revoked, and stands for the log.
        rls.open_to_app("fhir_client", "SELECT", "INSERT", "UPDATE"),
        rls.open_to_app("fhir_token", "SELECT", "INSERT", "DELETE"),
        rls.open_to_app("fhir_used_assertion", "SELECT", "INSERT", "DELETE"),
    ]
