"""The handout that was given to her, and what she says of a service; each with its row security."""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls

FRAME = [
    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
    ("holder_id", models.UUIDField(editable=False)),
    ("identity_id", models.UUIDField(editable=False)),
    ("category", models.CharField(editable=False, max_length=40)),
    ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
]
# She says that she read it: on the row of whoever gave it to her, and in no other column.
HERS = (
    "(SELECT access_purpose()) = 'patient_access' AND EXISTS (SELECT 1 FROM portal_person p"
    " WHERE p.principal_id = (SELECT access_principal()) AND p.identity_id = portal_handout_given.identity_id OFFSET 0)"
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_door_apart")]
    operations = [
        migrations.CreateModel(
            name="ServiceRating",
            fields=[
                *((name, field.clone()) for name, field in FRAME),
                ("referral_id", models.UUIDField()),
                ("says", models.CharField(max_length=8)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "portal_service_rating",
                "indexes": [models.Index(fields=["identity_id"], name="portal_service_rating_identity")],
                "constraints": [models.UniqueConstraint(fields=["holder_id", "referral_id"], name="portal_service_rating_once")],
            },
        ),
        migrations.CreateModel(
            name="HandoutGiven",
            fields=[
                *((name, field.clone()) for name, field in FRAME),
                ("edition", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("how", models.CharField(max_length=8)),
                ("given_at", models.DateTimeField()),
                ("worker_id", models.UUIDField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "portal_handout_given",
                "indexes": [models.Index(fields=["identity_id", "-given_at"], name="portal_handout_identity")],
                "constraints": [models.UniqueConstraint(fields=["holder_id", "request_key"], name="portal_handout_given_once")],
            },
        ),
        rls.family("portal_service_rating"),
        rls.family("portal_handout_given"),
        rls.policy("portal_handout_given", name="hers_read", command="UPDATE", using=HERS, check=HERS),
        rls.answers("portal_handout_given", "read_at"),
    ]
