"""Files for the state system with their lines, and contacts that are corrected; row security of the lines."""

import django.contrib.postgres.fields
import django.db.models.manager
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('position', '0002_contact_of_a_case'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(editable=False)),
                ('identity_id', models.UUIDField(editable=False)),
                ('category', models.CharField(editable=False, max_length=40)),
                ('provenance', models.CharField(default='originating', editable=False, max_length=40)),
                ('file_id', models.UUIDField()),
                ('contact_id', models.UUIDField()),
                ('corrects_id', models.UUIDField(null=True)),
                ('worker_id', models.UUIDField()),
                ('line', models.PositiveIntegerField()),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=600), size=None)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'position_sent',
            },
        ),
        migrations.CreateModel(
            name='StateFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('worker_id', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('head', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ('lines', models.PositiveIntegerField()),
                ('request_key', models.CharField(max_length=56)),
            ],
            options={
                'db_table': 'position_state_file',
            },
        ),
        migrations.AlterModelManagers(
            name='contact',
            managers=[
                ('every', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='contact',
            name='replaces_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='taken_back_because',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('holder_id', 'replaces_id'), name='position_contact_replaced_once'),
        ),
        migrations.AddIndex(
            model_name='sent',
            index=models.Index(fields=['file_id', 'line'], name='position_sent_file'),
        ),
        migrations.AddIndex(
            model_name='sent',
            index=models.Index(fields=['identity_id'], name='position_sent_identity'),
        ),
        migrations.AddConstraint(
            model_name='sent',
            constraint=models.UniqueConstraint(fields=('holder_id', 'contact_id'), name='position_sent_once'),
        ),
        migrations.AddIndex(
            model_name='statefile',
            index=models.Index(fields=['agency_id', 'made_at'], name='position_state_file_made'),
        ),
        migrations.AddConstraint(
            model_name='statefile',
            constraint=models.UniqueConstraint(fields=('agency_id', 'request_key'), name='position_state_file_once'),
        ),
        rls.family("position_sent"),
        rls.parties("position_sent"),
        rls.written_once("position_sent"),
        rls.open_to_app("position_state_file", "SELECT", "INSERT"),
    ]
