"""Exports that systems asked for, and their sealed files."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('fhir', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('request', models.CharField(max_length=2000)),
                ('base', models.CharField(max_length=300)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('since', models.CharField(blank=True, max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('worked_at', models.DateTimeField(null=True)),
                ('polled_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('failed', models.BooleanField(default=False)),
                ('ends_at', models.DateTimeField()),
                ('step', models.PositiveIntegerField(default=0)),
                ('after', models.UUIDField(null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='fhir.systemclient')),
            ],
            options={
                'db_table': 'fhir_export',
            },
        ),
        migrations.CreateModel(
            name='ExportFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('lines', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='fhir.export')),
            ],
            options={
                'db_table': 'fhir_export_file',
                'constraints': [models.UniqueConstraint(fields=('export', 'place'), name='fhir_export_file_once')],
            },
        ),
        rls.open_to_app("fhir_export", "SELECT", "INSERT", "UPDATE", "DELETE"),
        rls.open_to_app("fhir_export_file", "SELECT", "INSERT", "DELETE"),
    ]
