"""Agreements with their parties, clauses, versions and signatures, and what follows from them. No table holds a family: the application may use them all."""

import careloom.kernel.partnership.agreements
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from careloom.infra.access import rls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(max_length=16)),
                ('title', models.CharField(max_length=160)),
                ('because', models.TextField(blank=True)),
                ('places', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('state', models.CharField(choices=[('NEEDED', 'NEEDED'), ('DRAFT', 'DRAFT'), ('PARTNER_REVIEW', 'PARTNER_REVIEW'), ('LEGAL', 'LEGAL'), ('APPROVED', 'APPROVED'), ('SIGNING', 'SIGNING'), ('EXECUTED', 'EXECUTED'), ('AMENDMENT', 'AMENDMENT'), ('EXPIRED', 'EXPIRED'), ('TERMINATED', 'TERMINATED')], default=careloom.kernel.partnership.agreements.State['NEEDED'], max_length=16)),
                ('checklist', models.CharField(max_length=24)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('review_on', models.DateField(null=True)),
                ('frequency', models.CharField(blank=True, max_length=12)),
                ('report_due_on', models.DateField(null=True)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('executed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_agreement',
            },
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('year', models.PositiveSmallIntegerField()),
                ('auditor', models.CharField(max_length=120)),
                ('due_on', models.DateField()),
                ('questions', models.CharField(max_length=24)),
                ('closed_on', models.DateField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_audit',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=24)),
                ('says', models.CharField(max_length=8)),
                ('evidence', models.CharField(blank=True, max_length=1000)),
                ('finding', models.CharField(blank=True, max_length=1000)),
                ('action', models.CharField(blank=True, max_length=500)),
                ('owner', models.CharField(blank=True, max_length=120)),
                ('due_on', models.DateField(null=True)),
                ('done_on', models.DateField(null=True)),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.audit')),
            ],
            options={
                'db_table': 'agreements_answer',
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=24)),
                ('text', models.TextField(blank=True)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=36), default=list, size=None)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_clause',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=24)),
                ('words', models.CharField(max_length=1000)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'agreements_comment',
            },
        ),
        migrations.CreateModel(
            name='Element',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('clause_id', models.UUIDField(null=True)),
                ('left_on', models.DateField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('discloser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'agreements_element',
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('table', models.CharField(max_length=8)),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                ('left_on', models.DateField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_line',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('what', models.CharField(max_length=500)),
                ('changed_on', models.DateField()),
                ('due_on', models.DateField()),
                ('sent_on', models.DateField(null=True)),
                ('sent_to', models.CharField(blank=True, max_length=160)),
                ('sent_how', models.CharField(blank=True, max_length=160)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_notice',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('role', models.CharField(max_length=12)),
                ('contact_name', models.CharField(blank=True, max_length=120)),
                ('contact_reach', models.CharField(blank=True, max_length=160)),
                ('signer_name', models.CharField(blank=True, max_length=120)),
                ('signer_title', models.CharField(blank=True, max_length=120)),
                ('contract', models.CharField(blank=True, max_length=80)),
                ('manager', models.CharField(blank=True, max_length=120)),
                ('left_on', models.DateField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.partner')),
            ],
            options={
                'db_table': 'agreements_party',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('year', models.PositiveSmallIntegerField()),
                ('sections', models.JSONField()),
                ('approved_on', models.DateField(null=True)),
                ('approved_by', models.CharField(blank=True, max_length=120)),
                ('submitted_on', models.DateField(null=True)),
                ('submitted_how', models.CharField(blank=True, max_length=160)),
                ('acknowledged_on', models.DateField(null=True)),
                ('acknowledged_how', models.CharField(blank=True, max_length=160)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_report',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('because', models.CharField(max_length=12)),
                ('needed', models.BooleanField(default=True)),
                ('changed', models.TextField(blank=True)),
                ('success', models.TextField(blank=True)),
                ('outcome', models.CharField(blank=True, max_length=12)),
                ('held_on', models.DateField()),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_review',
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('signed_on', models.DateField()),
                ('by_agency', models.UUIDField(null=True)),
                ('void', models.BooleanField(default=False)),
                ('filed_on', models.DateField(null=True)),
                ('filed_how', models.CharField(blank=True, max_length=160)),
                ('receipt_on', models.DateField(null=True)),
                ('receipt', models.CharField(blank=True, max_length=160)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.party')),
            ],
            options={
                'db_table': 'agreements_signature',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('request_key', models.CharField(max_length=56)),
                ('row_version', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.JSONField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('collaborative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.collaborative')),
            ],
            options={
                'db_table': 'agreements_version',
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_agreement_once'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_audit_once'),
        ),
        migrations.AddConstraint(
            model_name='audit',
            constraint=models.UniqueConstraint(fields=('agreement', 'year'), name='agreements_audit_year'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('audit', 'code'), name='agreements_answer_code'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_clause_once'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('agreement', 'code'), name='agreements_clause_code'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_comment_once'),
        ),
        migrations.AddConstraint(
            model_name='element',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_element_once'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_line_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_notice_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_party_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('agreement', 'partner'), name='agreements_party_partner'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_report_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('agreement', 'year'), name='agreements_report_year'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_review_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('collaborative', 'request_key'), name='agreements_signature_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('void', False)), fields=('party', 'number'), name='agreements_signature_party'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='agreements_version_number'),
        ),
        # Nothing is taken away: a party or a line leaves on a day, and its row stays.
        *(
            rls.open_to_app(f"agreements_{name}", "SELECT", "INSERT", "UPDATE")
            for name in (
                "agreement", "party", "clause", "comment", "line", "element", "version", "signature", "review", "notice", "audit", "answer", "report",
            )
        ),
    ]
