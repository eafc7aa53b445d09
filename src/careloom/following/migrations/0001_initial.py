"""Tries to reach a family, offers, stated concerns, and drafts of barriers; row security with them."""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('plan_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('how', models.CharField(max_length=12)),
                ('outcome', models.CharField(max_length=16)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('worker_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('request_key', models.CharField(max_length=56)),
            ],
            options={
                'db_table': 'following_attempt',
                'indexes': [models.Index(fields=['plan_id', 'at'], name='following_attempt_plan'), models.Index(fields=['identity_id'], name='following_attempt_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='following_attempt_once')],
            },
        ),
        migrations.CreateModel(
            name='BarrierDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('county', models.CharField(blank=True, max_length=80)),
                ('code', models.CharField(max_length=16)),
                ('service', models.CharField(max_length=40)),
                ('words', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'db_table': 'following_barrier_draft',
                'indexes': [models.Index(fields=['county', 'service', 'code'], name='following_barrier_groups')],
            },
        ),
        migrations.CreateModel(
            name='BarrierNoted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('plan_id', models.UUIDField()),
                ('need_id', models.UUIDField()),
                ('code', models.CharField(max_length=16)),
                ('on', models.DateField()),
            ],
            options={
                'db_table': 'following_barrier_noted',
                'indexes': [models.Index(fields=['plan_id'], name='following_barrier_noted_plan'), models.Index(fields=['identity_id'], name='following_barrier_noted_of')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'need_id', 'code'), name='following_barrier_noted_once')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('plan_id', models.UUIDField()),
                ('words', models.CharField(max_length=1000)),
                ('does', models.CharField(max_length=12)),
                ('stated_by', models.UUIDField()),
                ('stated_at', models.DateTimeField()),
                ('request_key', models.CharField(max_length=56)),
            ],
            options={
                'db_table': 'following_concern',
                'indexes': [models.Index(fields=['identity_id'], name='following_concern_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='following_concern_once')],
            },
        ),
        migrations.CreateModel(
            name='Outreach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('plan_id', models.UUIDField()),
                ('offers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('written_on', models.DateField(null=True)),
                ('written_in', models.CharField(blank=True, max_length=5)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.UUIDField()),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'db_table': 'following_outreach',
                'indexes': [models.Index(fields=['identity_id'], name='following_outreach_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'plan_id'), name='following_outreach_once')],
            },
        ),
        *(rls.family(f"following_{name}") for name in ("attempt", "outreach", "concern", "barrier_noted")),
        rls.parties("following_concern"),
        rls.open_to_app("following_barrier_draft", "SELECT", "INSERT"),
    ]
