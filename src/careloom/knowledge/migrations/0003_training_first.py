"""Which member took which training that comes first. Source: P12."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0002_disputes'),
        ('partnership', '0003_training_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Passed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('on', models.DateField()),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='knowledge.course')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.seat')),
            ],
            options={
                'db_table': 'knowledge_passed',
                'constraints': [models.UniqueConstraint(fields=('course', 'seat'), name='knowledge_passed_once')],
            },
        ),
        rls.open_to_app("knowledge_passed", "SELECT", "INSERT", "UPDATE"),
    ]
