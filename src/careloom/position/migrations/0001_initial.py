"""The integration position: holders, episodes, contacts, support and days; row security with them."""

import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name='BesideDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('worker_id', models.UUIDField()),
                ('on', models.DateField()),
                ('site', models.CharField(max_length=120)),
                ('hours', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'position_beside_day',
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'worker_id', 'on', 'site'), name='position_beside_day_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('episode_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=16)),
                ('place', models.CharField(max_length=16)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('took_part', models.BooleanField()),
                ('words', models.CharField(blank=True, max_length=500)),
                ('worker_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('entered_on', models.DateField(null=True)),
                ('entered_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
            ],
            options={
                'db_table': 'position_contact',
                'indexes': [models.Index(fields=['holder_id', 'worker_id', 'at'], name='position_contact_worker'), models.Index(fields=['episode_id', 'at'], name='position_contact_episode'), models.Index(fields=['identity_id'], name='position_contact_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='position_contact_once')],
            },
        ),
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('worker_id', models.UUIDField()),
                ('engaged_on', models.DateField()),
                ('admitted_on', models.DateField(null=True)),
                ('discharged_on', models.DateField(null=True)),
                ('discharge_code', models.CharField(blank=True, max_length=24)),
                ('definition', models.CharField(max_length=24)),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'db_table': 'position_episode',
                'indexes': [models.Index(fields=['identity_id'], name='position_episode_identity')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('discharged_on', None)), fields=('holder_id', 'identity_id'), name='position_episode_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Holder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('worker_id', models.UUIDField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('named_by', models.UUIDField()),
            ],
            options={
                'db_table': 'position_holder',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('agency_id', 'worker_id'), name='position_holder_once')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('on', models.DateField()),
                ('to_whom', models.CharField(max_length=16)),
                ('code', models.CharField(max_length=24)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('worker_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('request_key', models.CharField(max_length=56)),
            ],
            options={
                'db_table': 'position_support',
                'indexes': [models.Index(fields=['holder_id', 'worker_id', 'on'], name='position_support_worker'), models.Index(fields=['identity_id'], name='position_support_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='position_support_once')],
            },
        ),
        *(rls.family(f"position_{name}") for name in ("episode", "contact", "support")),
        rls.open_to_app("position_holder"),
        rls.open_to_app("position_beside_day"),
    ]
