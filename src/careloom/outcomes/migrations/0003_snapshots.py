"""Snapshots and their figures. Exact figures are for the state's lead; everybody else reads what publishing has marked as fit to be shown."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System

KEEPER = """
CREATE FUNCTION outcomes_keeper() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT 1 FROM agencies_membership m WHERE m.worker_id = (SELECT access_worker()) AND m.agency_id = (SELECT access_agency())
                  AND 'STATE_LEAD' = ANY(m.roles) AND m.ends_at > now()) $$;
"""
READS = "hidden = '' OR (SELECT outcomes_keeper())"


def secured(table: str) -> list[object]:
    """Read what may be shown, or everything as the state's lead; written by the extract's role alone."""
    return [
        rls.guarded(table),
        rls.policy(table, name="read", command="SELECT", using=READS),
        rls.system(table, System.EXTRACT, "SELECT", "INSERT", "UPDATE", "DELETE"),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0002_needs'), ('agencies', '0003_role_opens'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('request_key', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('data_until', models.DateField()),
                ('engine', models.CharField(max_length=16)),
                ('code_version', models.CharField(max_length=64)),
                ('definitions', models.CharField(max_length=64)),
                ('inputs', models.JSONField(default=list)),
                ('figures_hash', models.CharField(max_length=64)),
                ('folder', models.CharField(max_length=120)),
                ('sealed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'outcomes_snapshot',
                'indexes': [models.Index(fields=['-made_at'], name='outcomes_snapshot_newest')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=40)),
                ('variant', models.CharField(blank=True, max_length=24)),
                ('period', models.CharField(max_length=16)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('by', models.CharField(blank=True, max_length=16)),
                ('value', models.CharField(blank=True, max_length=64)),
                ('counted', models.BigIntegerField()),
                ('met', models.BigIntegerField()),
                ('apart', models.BigIntegerField()),
                ('unripe', models.BigIntegerField()),
                ('whole', models.BigIntegerField()),
                ('part', models.BigIntegerField()),
                ('hidden', models.CharField(max_length=16, null=True)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='outcomes.snapshot')),
            ],
            options={
                'db_table': 'outcomes_figure',
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'indicator', 'variant', 'period', 'by', 'value'), name='outcomes_figure_once')],
            },
        ),
        migrations.CreateModel(
            name='Curve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=40)),
                ('period', models.CharField(max_length=16)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('by', models.CharField(blank=True, max_length=16)),
                ('value', models.CharField(blank=True, max_length=64)),
                ('seen', models.BigIntegerField()),
                ('came', models.BigIntegerField()),
                ('median', models.PositiveIntegerField(null=True)),
                ('steps', models.JSONField(default=list)),
                ('hidden', models.CharField(max_length=16, null=True)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='curves', to='outcomes.snapshot')),
            ],
            options={
                'db_table': 'outcomes_curve',
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'indicator', 'period', 'by', 'value'), name='outcomes_curve_once')],
            },
        ),
        rls.open_to_app("outcomes_snapshot", "SELECT", "INSERT", "UPDATE"),
        rls.function(KEEPER, "outcomes_keeper()"),
        *secured("outcomes_figure"),
        *secured("outcomes_curve"),
    ]
