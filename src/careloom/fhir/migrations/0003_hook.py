"""Where systems are told of changes, what changed, and each telling."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('fhir', '0002_export'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hook',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('url', models.CharField(max_length=500)),
                ('base', models.CharField(max_length=300)),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('request_key', models.CharField(max_length=64)),
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hook', to='fhir.systemclient')),
            ],
            options={
                'db_table': 'fhir_hook',
            },
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('seq', models.BigAutoField(primary_key=True, serialize=False)),
                ('event', models.CharField(max_length=40)),
                ('resource_id', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'fhir_signal',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('signal', models.BigIntegerField()),
                ('event', models.CharField(max_length=40)),
                ('resource_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, max_length=20)),
                ('sent_at', models.DateTimeField(null=True)),
                ('dead_at', models.DateTimeField(null=True)),
                ('hook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='fhir.hook')),
            ],
            options={
                'db_table': 'fhir_delivery',
                'constraints': [models.UniqueConstraint(fields=('hook', 'signal'), name='fhir_delivery_once')],
                'indexes': [
                    models.Index(condition=models.Q(('dead_at', None), ('sent_at', None)), fields=['next_at'], name='fhir_delivery_waits'),
                    models.Index(fields=['hook', '-at'], name='fhir_delivery_of_hook'),
                ],
            },
        ),
        rls.open_to_app("fhir_hook", "SELECT", "INSERT", "UPDATE"),
        rls.open_to_app("fhir_signal", "SELECT", "INSERT", "DELETE", "UPDATE"),
        rls.open_to_app("fhir_delivery"),
    ]
