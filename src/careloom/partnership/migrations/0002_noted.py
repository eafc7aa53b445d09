"""What was written down for a body by somebody without an office in it: no family; never taken away. Source: decision 0013."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Noted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('about', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('words', models.CharField(max_length=200)),
                ('noted_by', models.CharField(max_length=120)),
                ('confirmed_on', models.DateField(null=True)),
                ('confirmed_how', models.CharField(blank=True, max_length=8)),
                ('confirmed_by', models.CharField(blank=True, max_length=120)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.body')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'partnership_noted',
                'indexes': [models.Index(fields=['body', 'confirmed_on'], name='partnership_noted_open')],
                'constraints': [models.UniqueConstraint(fields=('collaborative', 'request_key'), name='partnership_noted_once')],
            },
        ),
        rls.open_to_app("partnership_noted", "SELECT", "INSERT", "UPDATE"),
    ]
