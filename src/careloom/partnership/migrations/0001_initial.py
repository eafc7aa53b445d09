"""Collaboratives, partners, bodies, seats, charters and visions. No table of the partnership holds a family: the application may use them all."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0002_row_security")]

    operations = [
        migrations.CreateModel(
            name='Collaborative',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('reach', models.CharField(choices=[('STATE', 'STATE'), ('REGION', 'REGION'), ('COUNTY', 'COUNTY'), ('TRIBE', 'TRIBE')], max_length=8)),
                ('places', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('agency_id', models.UUIDField()),
                ('new', models.BooleanField(default=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'partnership_collaborative',
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'request_key'), name='partnership_collaborative_once'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('name',), name='partnership_collaborative_name')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('agency_id', models.UUIDField(null=True)),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('streams', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('brings', models.TextField(blank=True)),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'partnership_partner',
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('tier', models.CharField(choices=[('OVERSIGHT', 'OVERSIGHT'), ('CORE', 'CORE'), ('WORK_GROUP', 'WORK_GROUP'), ('LOCAL_TEAM', 'LOCAL_TEAM')], max_length=12)),
                ('focus', models.CharField(blank=True, max_length=300)),
                ('stood_before', models.BooleanField(default=False)),
                ('convened_by', models.CharField(blank=True, max_length=200)),
                ('reports_to', models.CharField(blank=True, max_length=120)),
                ('not_needed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('quorum', models.PositiveSmallIntegerField(default=0)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'partnership_body',
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('worker_id', models.UUIDField(null=True)),
                ('title', models.CharField(blank=True, max_length=80)),
                ('level', models.CharField(blank=True, choices=[('DIRECTOR', 'DIRECTOR'), ('MANAGER', 'MANAGER'), ('SUPERVISOR', 'SUPERVISOR'), ('FRONT_LINE', 'FRONT_LINE')], max_length=12)),
                ('office', models.CharField(default='MEMBER', max_length=12)),
                ('lens', models.CharField(blank=True, max_length=80)),
                ('authority', models.CharField(blank=True, choices=[('DIRECTS_RESOURCES', 'DIRECTS_RESOURCES'), ('POLICY_AND_MONEY', 'POLICY_AND_MONEY'), ('ON_THE_GROUND', 'ON_THE_GROUND')], max_length=20)),
                ('decides', models.BooleanField(default=False)),
                ('money', models.BooleanField(default=False)),
                ('expertise', models.CharField(blank=True, max_length=200)),
                ('lived', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('supports', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('line_to', models.CharField(blank=True, max_length=120)),
                ('line_how', models.CharField(blank=True, max_length=200)),
                ('line_days', models.PositiveSmallIntegerField(null=True)),
                ('needs_authority', models.CharField(blank=True, max_length=200)),
                ('granted_on', models.DateField(null=True)),
                ('commitment', models.CharField(blank=True, max_length=300)),
                ('committed_on', models.DateField(null=True)),
                ('starts_on', models.DateField()),
                ('term_ends_on', models.DateField(null=True)),
                ('left_on', models.DateField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='partnership.partner')),
            ],
            options={
                'db_table': 'partnership_seat',
            },
        ),
        migrations.CreateModel(
            name='Vision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('version', models.PositiveSmallIntegerField()),
                ('mission', models.TextField()),
                ('vision', models.TextField()),
                ('principles', models.TextField()),
                ('equity', models.TextField()),
                ('adopted_on', models.DateField()),
                ('review_on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'partnership_vision',
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('version', models.PositiveSmallIntegerField()),
                ('processes', models.TextField()),
                ('protocols', models.TextField(blank=True)),
                ('roles', models.TextField()),
                ('rule', models.CharField(max_length=16)),
                ('rule_words', models.CharField(blank=True, max_length=300)),
                ('disputes', models.TextField(blank=True)),
                ('adopted_on', models.DateField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charters', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'partnership_charter',
                'constraints': [models.UniqueConstraint(fields=('body', 'version'), name='partnership_charter_version')],
            },
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='partnership_partner_once'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('collaborative', 'name'), name='partnership_partner_name'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(condition=models.Q(('agency_id__isnull', False), ('left_on', None)), fields=('collaborative', 'agency_id'), name='partnership_partner_agency'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='partnership_body_once'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('collaborative', 'name'), name='partnership_body_name'),
        ),
        migrations.AddIndex(
            model_name='seat',
            index=models.Index(fields=['worker_id'], name='partnership_seat_who'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('body', 'request_key'), name='partnership_seat_once'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None), ('worker_id__isnull', False)), fields=('body', 'worker_id'), name='partnership_seat_worker'),
        ),
        migrations.AddConstraint(
            model_name='vision',
            constraint=models.UniqueConstraint(fields=('collaborative', 'version'), name='partnership_vision_version'),
        ),
        # Nothing is taken away: a seat, a partner or a body ends on a day, and its row stays.
        *(
            rls.open_to_app(f"partnership_{name}", "SELECT", "INSERT", "UPDATE")
            for name in ("collaborative", "partner", "body", "seat", "charter", "vision")
        ),
    ]
