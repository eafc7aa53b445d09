"""Identity providers of agencies, the roles of their groups, and what was used of their answers."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0005_shared_limits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('entity_id', models.CharField(max_length=300)),
                ('sso_url', models.CharField(max_length=500)),
                ('certificates', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('keys_end_at', models.DateTimeField()),
                ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('groups_attribute', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'db_table': 'sso_provider',
            },
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked', models.CharField(max_length=80)),
                ('relay_hash', models.CharField(max_length=64, unique=True)),
                ('browser_hash', models.CharField(max_length=64)),
                ('next_path', models.CharField(blank=True, max_length=300)),
                ('ends_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sso.provider')),
            ],
            options={
                'db_table': 'sso_pending',
            },
        ),
        migrations.CreateModel(
            name='Known',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject_hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sso.provider')),
            ],
            options={
                'db_table': 'sso_known',
            },
        ),
        migrations.CreateModel(
            name='GroupRole',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=30)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='sso.provider')),
            ],
            options={
                'db_table': 'sso_group_role',
            },
        ),
        migrations.CreateModel(
            name='UsedAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answer_hash', models.CharField(max_length=64)),
                ('ends_at', models.DateTimeField()),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sso.provider')),
            ],
            options={
                'db_table': 'sso_used_answer',
            },
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.UniqueConstraint(fields=('agency', 'request_key'), name='sso_provider_once'),
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('entity_id',), name='sso_provider_one'),
        ),
        migrations.AddIndex(
            model_name='pending',
            index=models.Index(fields=['ends_at'], name='sso_pending_ends'),
        ),
        migrations.AddConstraint(
            model_name='known',
            constraint=models.UniqueConstraint(fields=('provider', 'subject_hash'), name='sso_known_once'),
        ),
        migrations.AddConstraint(
            model_name='grouprole',
            constraint=models.UniqueConstraint(fields=('provider', 'group', 'role'), name='sso_group_role_once'),
        ),
        migrations.AddConstraint(
            model_name='usedanswer',
            constraint=models.UniqueConstraint(fields=('provider', 'answer_hash'), name='sso_used_answer_once'),
        ),
        rls.open_to_app("sso_provider", "SELECT", "INSERT", "UPDATE"),
        rls.open_to_app("sso_group_role", "SELECT", "INSERT", "DELETE"),
        rls.open_to_app("sso_known", "SELECT", "INSERT"),
        rls.open_to_app("sso_pending", "SELECT", "INSERT", "UPDATE", "DELETE"),
        rls.open_to_app("sso_used_answer", "SELECT", "INSERT", "DELETE"),
    ]
