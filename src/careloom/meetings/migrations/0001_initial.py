"""Meetings, what they come to, and what partners bring. No table of it holds a family: the application may use them all."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=16)),
                ('block', models.CharField(blank=True, max_length=16)),
                ('title', models.CharField(max_length=200)),
                ('minutes', models.PositiveSmallIntegerField(default=10)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('for_families', models.CharField(blank=True, max_length=400)),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about_id', models.UUIDField(null=True)),
                ('talked', models.BooleanField(default=False)),
                ('notes', models.TextField(blank=True)),
                ('noted_at', models.DateTimeField(null=True)),
                ('taken_off', models.BooleanField(default=False)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'meetings_item',
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('planned_on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('mode', models.CharField(max_length=12)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=300)),
                ('dial_in', models.CharField(blank=True, max_length=80)),
                ('own', models.BooleanField(default=False)),
                ('state', models.CharField(default='SCHEDULED', max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('quorum', models.PositiveSmallIntegerField(default=0)),
                ('guests', models.CharField(blank=True, max_length=500)),
                ('published_at', models.DateTimeField(null=True)),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('drafted_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('leader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
            ],
            options={
                'db_table': 'meetings_meeting',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('proposal', models.CharField(max_length=500)),
                ('for_families', models.CharField(max_length=400)),
                ('rule', models.CharField(max_length=16)),
                ('rule_words', models.CharField(blank=True, max_length=300)),
                ('result', models.CharField(max_length=16)),
                ('votes_for', models.PositiveSmallIntegerField(null=True)),
                ('votes_against', models.PositiveSmallIntegerField(null=True)),
                ('abstained', models.PositiveSmallIntegerField(null=True)),
                ('quorum_met', models.BooleanField(null=True)),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about_id', models.UUIDField(null=True)),
                ('decided_on', models.DateField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='meetings.meeting')),
            ],
            options={
                'db_table': 'meetings_decision',
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('mode', models.CharField(max_length=12)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='meetings.meeting')),
            ],
            options={
                'db_table': 'meetings_attendance',
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting'),
        ),
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('what', models.CharField(max_length=300)),
                ('for_families', models.CharField(blank=True, max_length=400)),
                ('due_on', models.DateField()),
                ('state', models.CharField(default='OPEN', max_length=12)),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about_id', models.UUIDField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='meetings.decision')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='meetings.meeting')),
            ],
            options={
                'db_table': 'meetings_action',
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=12)),
                ('what', models.CharField(max_length=200)),
                ('signed_by', models.CharField(max_length=120)),
                ('where', models.CharField(max_length=200)),
                ('on', models.DateField()),
                ('until', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'meetings_priority',
            },
        ),
        migrations.CreateModel(
            name='Represents',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'meetings_represents',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('week', models.PositiveSmallIntegerField()),
                ('weekday', models.PositiveSmallIntegerField()),
                ('hour', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('every_months', models.PositiveSmallIntegerField(default=1)),
                ('mode', models.CharField(max_length=12)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=300)),
                ('dial_in', models.CharField(blank=True, max_length=80)),
                ('rotation', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'meetings_series',
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='series',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.series'),
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('on', models.DateField()),
                ('who', models.CharField(max_length=200)),
                ('heard', models.TextField()),
                ('asks', models.CharField(blank=True, max_length=300)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='meetings.meeting')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'meetings_visit',
            },
        ),
        migrations.CreateModel(
            name='ActionStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(max_length=12)),
                ('words', models.CharField(blank=True, max_length=400)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='meetings.actionitem')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'meetings_step',
                'constraints': [models.UniqueConstraint(fields=('action', 'request_key'), name='meetings_step_once')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('hours', models.PositiveIntegerField()),
                ('funds', models.PositiveIntegerField(default=0)),
                ('in_kind', models.CharField(blank=True, max_length=200)),
                ('mission', models.CharField(max_length=300)),
                ('on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'meetings_commitment',
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_commitment_once')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('quarter', models.DateField()),
                ('hours', models.PositiveIntegerField(default=0)),
                ('funds', models.PositiveIntegerField(default=0)),
                ('in_kind', models.CharField(blank=True, max_length=200)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'meetings_contribution',
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_contribution_once'), models.UniqueConstraint(fields=('partner', 'quarter'), name='meetings_contribution_quarter')],
            },
        ),
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=12)),
                ('words', models.CharField(max_length=400)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='meetings.decision')),
                ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
            ],
            options={
                'db_table': 'meetings_dissent',
                'constraints': [models.UniqueConstraint(fields=('decision', 'request_key'), name='meetings_dissent_once')],
            },
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('month', models.DateField()),
                ('caseload', models.PositiveSmallIntegerField(null=True)),
                ('turnover', models.PositiveSmallIntegerField(null=True)),
                ('budget', models.SmallIntegerField(null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'meetings_load',
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_load_once'), models.UniqueConstraint(fields=('partner', 'month'), name='meetings_load_month')],
            },
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['about_id'], name='meetings_decision_about'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_decision_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='meetings_attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'request_key'), name='meetings_item_once'),
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['body', 'state', 'due_on'], name='meetings_action_open'),
        ),
        migrations.AddConstraint(
            model_name='actionitem',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_action_once'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_priority_once'),
        ),
        migrations.AddConstraint(
            model_name='represents',
            constraint=models.UniqueConstraint(fields=('partner',), name='meetings_represents_partner'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_series_once'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('body',), name='meetings_series_live'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['body', 'starts_at'], name='meetings_meeting_body'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('series', 'planned_on'), name='meetings_meeting_day'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='meetings_visit_once'),
        ),
        # Nothing is taken away: a point of an agenda is taken off, a series ends, a meeting is cancelled, and their rows stay.
        *(
            rls.open_to_app(f"meetings_{name}", "SELECT", "INSERT", "UPDATE")
            for name in (
                "series", "meeting", "item", "attendance", "decision", "dissent", "action", "step", "commitment", "contribution", "load",
                "priority", "visit", "represents",
            )
        ),
    ]
