"""Who was told of what is late, the day's number for the partnership, and how a worker wants to hear of her day."""

import datetime
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    dependencies = [
        ('work', '0004_agency_in_order'),
        ('access', '0002_row_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='LateCount',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('on', models.DateField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'work_late_count',
            },
        ),
        migrations.CreateModel(
            name='WorkerSetting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('worker_id', models.UUIDField()),
                ('digest', models.BooleanField(default=True)),
                ('digest_at', models.TimeField(default=datetime.time(7, 0))),
                ('quiet_from', models.TimeField(default=datetime.time(19, 0))),
                ('quiet_to', models.TimeField(default=datetime.time(7, 0))),
                ('away_from', models.DateField(null=True)),
                ('away_until', models.DateField(null=True)),
                ('cover_worker_id', models.UUIDField(null=True)),
                ('digest_sent_on', models.DateField(null=True)),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'db_table': 'work_setting',
            },
        ),
        migrations.AddField(
            model_name='obligation',
            name='escalated_worker_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('met_at', None), models.Q(('escalated_to', ''), _negated=True)), fields=['holder_id', 'escalated_worker_id', 'due_at', 'id'], name='work_obligation_late'),
        ),
        migrations.AddConstraint(
            model_name='latecount',
            constraint=models.UniqueConstraint(fields=('agency_id', 'on'), name='work_late_count_once'),
        ),
        migrations.AddIndex(
            model_name='workersetting',
            index=models.Index(fields=['agency_id', 'cover_worker_id'], name='work_setting_cover'),
        ),
        migrations.AddConstraint(
            model_name='workersetting',
            constraint=models.UniqueConstraint(fields=('agency_id', 'worker_id'), name='work_setting_once'),
        ),
        rls.open_to_app('work_setting'),
        rls.open_to_app('work_late_count'),
    ]
