"""The lock of her pages stands apart from the row that a grant on the plan shows; guesses at a card are counted."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System

OURS = "agency_id = (SELECT access_agency())"


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_row_security")]
    operations = [
        *(migrations.RemoveField(model_name="portalperson", name=name) for name in ("pin_hash", "pin_tries", "locked_at", "device_hash")),
        migrations.AddField(model_name="portalperson", name="phone", field=models.CharField(blank=True, default="", max_length=20), preserve_default=False),
        migrations.AddField(
            model_name="portalperson",
            name="skills",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None),
        ),
        migrations.AddField(model_name="portalperson", name="expect_read_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="portallink", name="request_key", field=models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddConstraint(
            model_name="portallink", constraint=models.UniqueConstraint(fields=("person_id", "request_key"), name="portal_link_once")
        ),
        migrations.CreateModel(
            name="PortalDoor",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField(unique=True)),
                ("pin_hash", models.CharField(blank=True, max_length=128)),
                ("pin_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_at", models.DateTimeField(null=True)),
                ("device_hash", models.CharField(blank=True, max_length=64)),
                ("device_phone", models.CharField(blank=True, max_length=20)),
                ("opened_at", models.DateTimeField(null=True)),
                ("turn", models.PositiveIntegerField(default=1)),
            ],
            options={"db_table": "portal_door", "indexes": [models.Index(fields=["device_hash"], name="portal_door_device")]},
        ),
        migrations.CreateModel(
            name="CardTry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agency_id", models.UUIDField()),
                ("worker_id", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "portal_card_try", "indexes": [models.Index(fields=["agency_id", "at"], name="portal_card_try_agency")]},
        ),
        rls.guarded("portal_door"),
        rls.policy("portal_door", name="add", command="INSERT", check="(SELECT access_principal()) IS NOT NULL"),
        rls.system("portal_door", System.SIGN_IN, "SELECT", "UPDATE"),
        rls.guarded("portal_card_try"),
        rls.policy("portal_card_try", name="own", command="SELECT", using=OURS),
        rls.policy("portal_card_try", name="add", command="INSERT", check=OURS),
    ]
