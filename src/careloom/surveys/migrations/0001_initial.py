"""Rounds of anonymous questionnaires, walks, stages and reviews. No row names who answered; no table holds a family."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0001_initial'),
        ('access', '0002_row_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=12)),
                ('definition', models.JSONField()),
                ('title', models.CharField(max_length=120)),
                ('least', models.PositiveSmallIntegerField()),
                ('choices', models.JSONField(default=dict)),
                ('state', models.CharField(default='OPEN', max_length=12)),
                ('opened_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('invited', models.PositiveIntegerField()),
                ('issued', models.PositiveIntegerField(default=0)),
                ('reminded_on', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None)),
                ('closed_on', models.DateField(null=True)),
                ('answers', models.PositiveIntegerField(null=True)),
                ('reading', models.TextField(blank=True)),
                ('principles', models.TextField(blank=True)),
                ('discussed_on', models.DateField(null=True)),
                ('discussed_where', models.CharField(blank=True, max_length=120)),
                ('discussed', models.TextField(blank=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.round')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'surveys_round',
            },
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='surveys.round')),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'surveys_box',
            },
        ),
        migrations.CreateModel(
            name='Spent',
            fields=[
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='surveys.round')),
                ('hashes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
            ],
            options={
                'db_table': 'surveys_spent',
            },
        ),
        migrations.CreateModel(
            name='Taken',
            fields=[
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='surveys.round')),
                ('workers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
            ],
            options={
                'db_table': 'surveys_taken',
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('about_kind', models.CharField(max_length=12)),
                ('about_id', models.UUIDField()),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('result', models.CharField(blank=True, max_length=300)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'surveys_follow_up',
            },
        ),
        migrations.CreateModel(
            name='ItemSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('version', models.CharField(max_length=20)),
                ('licence', models.CharField(max_length=300)),
                ('definition', models.JSONField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'surveys_item_set',
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.round')),
            ],
            options={
                'db_table': 'surveys_remark',
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=12)),
                ('every_months', models.PositiveSmallIntegerField()),
                ('next_on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'surveys_rhythm',
            },
        ),
        migrations.CreateModel(
            name='StageReading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('read_on', models.DateField()),
                ('stage', models.PositiveSmallIntegerField()),
                ('met', models.JSONField(default=list)),
                ('why', models.TextField()),
                ('next_steps', models.TextField()),
                ('moved_back', models.TextField(blank=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'surveys_stage_reading',
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('dimension', models.CharField(blank=True, max_length=12)),
                ('group', models.CharField(blank=True, max_length=40)),
                ('item', models.CharField(max_length=24)),
                ('answer', models.SmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.round')),
            ],
            options={
                'db_table': 'surveys_tally',
            },
        ),
        migrations.CreateModel(
            name='Walk',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=120)),
                ('scope', models.CharField(max_length=300)),
                ('walked_on', models.DateField()),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('root_cause', models.TextField(blank=True)),
                ('to_be', models.TextField(blank=True)),
                ('next_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('sponsor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'surveys_walk',
            },
        ),
        migrations.CreateModel(
            name='WalkStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('passed', models.CharField(blank=True, max_length=300)),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('works', models.CharField(blank=True, max_length=300)),
                ('barrier', models.CharField(blank=True, max_length=300)),
                ('barrier_kind', models.CharField(blank=True, max_length=16)),
                ('source', models.CharField(blank=True, max_length=16)),
                ('count', models.PositiveIntegerField(null=True)),
                ('small', models.BooleanField(default=False)),
                ('by_group', models.JSONField(default=dict)),
                ('dropped', models.BooleanField(default=False)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('walk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='surveys.walk')),
            ],
            options={
                'db_table': 'surveys_walk_step',
            },
        ),
        migrations.CreateModel(
            name='AlignmentReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('reviewed_on', models.DateField()),
                ('lines', models.JSONField(default=list)),
                ('summary', models.TextField(blank=True)),
                ('next_on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'surveys_alignment_review',
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='surveys_alignment_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='surveys_round_once'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'OPEN')), fields=('collaborative', 'kind', 'partner'), name='surveys_round_one_open', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['about_id'], name='surveys_follow_up_about'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='surveys_follow_up_once'),
        ),
        migrations.AddConstraint(
            model_name='itemset',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='surveys_item_set_once'),
        ),
        migrations.AddConstraint(
            model_name='itemset',
            constraint=models.UniqueConstraint(fields=('collaborative', 'title', 'version'), name='surveys_item_set_name'),
        ),
        migrations.AddConstraint(
            model_name='rhythm',
            constraint=models.UniqueConstraint(fields=('collaborative', 'kind'), name='surveys_rhythm_kind'),
        ),
        migrations.AddConstraint(
            model_name='stagereading',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='surveys_stage_reading_once'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('round', 'dimension', 'group', 'item', 'answer'), name='surveys_tally_cell'),
        ),
        migrations.AddConstraint(
            model_name='walk',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='surveys_walk_once'),
        ),
        migrations.AddConstraint(
            model_name='walkstep',
            constraint=models.UniqueConstraint(fields=('walk', 'request_key'), name='surveys_walk_step_once'),
        ),
        *(
            rls.open_to_app(f"surveys_{name}", "SELECT", "INSERT", "UPDATE")
            for name in ("item_set", "round", "rhythm", "follow_up", "walk", "walk_step", "stage_reading", "alignment_review")
        ),
        # What is open is emptied when it closes, and what was counted is never changed.
        *(rls.open_to_app(f"surveys_{name}", "SELECT", "INSERT", "UPDATE", "DELETE") for name in ("box", "spent", "taken")),
        *(rls.open_to_app(f"surveys_{name}", "SELECT", "INSERT") for name in ("tally", "remark")),
    ]
