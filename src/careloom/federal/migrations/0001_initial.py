"""Federal files with their records under seal and what is wrong in them, and the functions by which their job reads records of child welfare.

A file is its holder's, the state's office; a fault is read by that office and by the agency that can mend it. Only the job writes records and faults.
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.federal.sql import FUNCTIONS
from careloom.infra.access import rls
from careloom.infra.access.scope import System

HOLDER = "holder_id = (SELECT access_agency())"
OF_HOLDER = "EXISTS (SELECT 1 FROM federal_file f WHERE f.id = {t}.file_id AND f.holder_id = (SELECT access_agency()))"
ROW_SECURITY = [
    *(rls.guarded(table) for table in ("federal_file", "federal_chunk", "federal_fault")),
    rls.policy("federal_file", name="read", command="SELECT", using=HOLDER),
    rls.policy("federal_file", name="add", command="INSERT", check=HOLDER),
    rls.policy("federal_chunk", name="read", command="SELECT", using=OF_HOLDER.format(t="federal_chunk")),
    rls.policy("federal_fault", name="read", command="SELECT", using=f"{HOLDER} OR {OF_HOLDER.format(t='federal_fault')}"),
    rls.system("federal_file", System.EXTRACT, "SELECT", "UPDATE"),
    rls.system("federal_chunk", System.EXTRACT, "SELECT", "INSERT"),
    rls.system("federal_fault", System.EXTRACT, "SELECT", "INSERT", "UPDATE"),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("safety", "0003_reports"),
        ("permanency", "0002_what_was_written_by_mistake"),
        ("people", "0008_record_number"),
        ("notifications", "0004_write_anew"),
        ("plans", "0008_warm_hand_off"),
        ("audit", "0003_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name='FederalFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('kind', models.CharField(max_length=8)),
                ('layout', models.CharField(max_length=40)),
                ('layout_digest', models.CharField(max_length=64)),
                ('period', models.CharField(max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('state', models.CharField(default='WAITING', max_length=8)),
                ('is_draft', models.BooleanField(default=True)),
                ('draft_because', models.JSONField(default=list)),
                ('records', models.PositiveIntegerField(default=0)),
                ('expected', models.PositiveIntegerField(default=0)),
                ('chunks', models.PositiveIntegerField(default=0)),
                ('last_id', models.UUIDField(null=True)),
                ('errors', models.PositiveIntegerField(default=0)),
                ('warnings', models.PositiveIntegerField(default=0)),
                ('missing', models.JSONField(default=dict)),
                ('tallied', models.JSONField(default=dict)),
                ('agreement', models.JSONField(default=dict)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('problem', models.CharField(blank=True, max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.UUIDField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('request_key', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'federal_file',
                'indexes': [models.Index(fields=['holder_id', '-asked_at'], name='federal_file_holder'), models.Index(fields=['state'], name='federal_file_state')],
                'constraints': [models.UniqueConstraint(fields=('holder_id', 'request_key'), name='federal_file_once')],
            },
        ),
        migrations.CreateModel(
            name='FederalFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder_id', models.UUIDField()),
                ('row_id', models.UUIDField()),
                ('record', models.CharField(max_length=26)),
                ('field', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=32)),
                ('is_error', models.BooleanField(default=True)),
                ('kind', models.CharField(max_length=8)),
                ('period', models.CharField(max_length=12)),
                ('stands', models.BooleanField(default=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faults', to='federal.federalfile')),
            ],
            options={
                'db_table': 'federal_fault',
                'indexes': [models.Index(fields=['file', 'field'], name='federal_fault_file'), models.Index(condition=models.Q(('stands', True)), fields=['holder_id'], name='federal_fault_holder')],
            },
        ),
        migrations.CreateModel(
            name='FederalChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='federal.federalfile')),
            ],
            options={
                'db_table': 'federal_chunk',
                'constraints': [models.UniqueConstraint(fields=('file', 'place'), name='federal_chunk_once')],
            },
        ),
        *ROW_SECURITY,
        *(rls.function(text, name) for text, name in FUNCTIONS),
    ]
