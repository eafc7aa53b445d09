"""Drafts of forms, what was handed in, what was done about an answer, and what she was shown, each with its row security.

No grant opens a draft or a follow-up, and none opens answers about violence at home, whatever a consent says (34 U.S.C. 12291(b)(2)).
"""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from careloom.infra.access import rls

ROW_SECURITY = [
    rls.family("screening_draft"),
    rls.parties("screening_draft"),
    rls.family("screening_response"),
    rls.parties("screening_response", also="screening_response.category <> 'dv.victim_record'"),
    rls.family("screening_follow_up"),
    rls.parties("screening_follow_up"),
    rls.written_once("screening_follow_up"),
    rls.family("screening_shown"),
    rls.parties("screening_shown", also="screening_shown.provenance = 'self_reported'"),
    rls.written_once("screening_shown"),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0008_minimum_by_role")]

    operations = [
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('family_id', models.UUIDField()),
                ('pack', models.CharField(max_length=40)),
                ('url', models.CharField(max_length=200)),
                ('form_version', models.CharField(max_length=40)),
                ('language', models.CharField(default='en', max_length=5)),
                ('answers', models.JSONField(default=dict)),
                ('others', models.JSONField(default=list)),
                ('tab', models.CharField(blank=True, max_length=32)),
                ('started_by', models.UUIDField(null=True)),
                ('started_at', models.DateTimeField()),
                ('saved_by', models.UUIDField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('amends_id', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('state', models.CharField(default='OPEN', max_length=10)),
                ('response_id', models.UUIDField(null=True)),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'db_table': 'screening_draft',
                'indexes': [models.Index(condition=models.Q(('state', 'OPEN')), fields=['holder_id', 'family_id'], name='screening_draft_family')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'OPEN')), fields=('holder_id', 'identity_id', 'url', 'amends_id'), name='screening_draft_one_open', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='FormFollowUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('family_id', models.UUIDField()),
                ('response_id', models.UUIDField()),
                ('code', models.CharField(max_length=24)),
                ('did', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('words', models.CharField(blank=True, max_length=1200)),
                ('at', models.DateTimeField()),
                ('worker_id', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'screening_follow_up',
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'response_id', 'code'), name='screening_follow_up_once')],
            },
        ),
        migrations.CreateModel(
            name='FormResponse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('family_id', models.UUIDField()),
                ('pack', models.CharField(max_length=40)),
                ('url', models.CharField(max_length=200)),
                ('form_version', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('topic', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=5)),
                ('how', models.CharField(max_length=8)),
                ('answers', models.JSONField(default=dict)),
                ('response', models.JSONField(default=dict)),
                ('scores', models.JSONField(default=dict)),
                ('alerts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('handed_in_at', models.DateTimeField()),
                ('worker_id', models.UUIDField(null=True)),
                ('series_id', models.UUIDField()),
                ('number', models.PositiveIntegerField(default=1)),
                ('replaces_id', models.UUIDField(null=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('draft_id', models.UUIDField()),
            ],
            options={
                'db_table': 'screening_response',
                'indexes': [models.Index(fields=['identity_id', '-handed_in_at'], name='screening_response_list')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'draft_id'), name='screening_response_once'), models.UniqueConstraint(fields=('holder_id', 'series_id', 'number'), name='screening_response_number')],
            },
        ),
        migrations.CreateModel(
            name='ProtocolShown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('version', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=5)),
                ('at', models.DateTimeField()),
                ('worker_id', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'screening_shown',
                'indexes': [models.Index(fields=['identity_id'], name='screening_shown_identity')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'identity_id', 'version'), name='screening_shown_once')],
            },
        ),
        *ROW_SECURITY,
    ]
