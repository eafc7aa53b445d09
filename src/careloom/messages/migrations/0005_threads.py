"""What the team and she write to each other, danger near her, what a program does then, calendar addresses; each with its row security.

INVARIANT: a thread is read by its participants only. A grant opens the rows of a holder as everywhere; the restrictive policy adds that the reader
takes part and had not left when they were written (R-141). `messages_takes_part` runs as its owner: a reader need not see a seat to sit on it.
"""

import uuid

from django.db import migrations, models

from careloom.infra.access import rls
from careloom.infra.access.scope import System

PRINCIPAL, WORKER = "(SELECT access_principal())", "(SELECT access_worker())"
TAKES_PART = """
CREATE FUNCTION messages_takes_part(thread uuid, written timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM messages_participant p WHERE p.thread_id = thread AND (p.left_at IS NULL OR written <= p.left_at)
     AND (p.party_id = access_principal() OR p.party_id = access_agency()
          OR (p.party = 'HER' AND EXISTS (SELECT 1 FROM people_principal h WHERE h.id = access_principal() AND h.kind = 'SELF'
              AND h.ended_at IS NULL AND h.identity_id = p.identity_id)))) $$;
"""
OWN_FEED = f"principal_id = {PRINCIPAL} AND worker_id IS NOT DISTINCT FROM {WORKER}"
OWN_SEAT = f"party_id = {PRINCIPAL} AND EXISTS (SELECT 1 FROM messages_thread t WHERE t.id = messages_participant.thread_id OFFSET 0)"
FRAME = [
    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
    ("holder_id", models.UUIDField(editable=False)),
    ("identity_id", models.UUIDField(editable=False)),
    ("category", models.CharField(editable=False, max_length=40)),
    ("provenance", models.CharField(default="originating", editable=False, max_length=40)),
]


def frame() -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    """The columns that every family table begins with."""
    return [(name, field.clone()) for name, field in FRAME]


class Migration(migrations.Migration):
    dependencies = [("careloom_messages", "0004_other_way"), ("people", "0001_initial")]
    operations = [
        migrations.AddField(model_name="message", name="wait_until", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["holder_id", "wait_until"], name="messages_message_waiting", condition=models.Q(wait_until__isnull=False, sent_at=None)
            ),
        ),
        migrations.CreateModel(
            name="UnsafeContact",
            fields=[
                *frame(),
                ("says", models.CharField(blank=True, max_length=300)),
                ("noted_by", models.UUIDField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "messages_unsafe_contact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["holder_id", "identity_id"], condition=models.Q(lifted_at=None), name="messages_unsafe_contact_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPolicy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agency_id", models.UUIDField(unique=True)),
                ("text", models.CharField(max_length=3000)),
                ("call_first", models.CharField(blank=True, max_length=120)),
                ("changed_at", models.DateTimeField()),
                ("row_version", models.PositiveIntegerField(default=1)),
            ],
            options={"db_table": "messages_safety_policy", "verbose_name_plural": "safety policies"},
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                *frame(),
                ("topic", models.CharField(max_length=12)),
                ("started_at", models.DateTimeField()),
                ("started_by", models.UUIDField(null=True)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "messages_thread",
                "constraints": [models.UniqueConstraint(fields=["holder_id", "request_key"], name="messages_thread_once")],
                "indexes": [models.Index(fields=["identity_id", "-started_at"], name="messages_thread_identity")],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                *frame(),
                ("thread_id", models.UUIDField()),
                ("party", models.CharField(max_length=8)),
                ("party_id", models.UUIDField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "messages_participant",
                "constraints": [
                    models.UniqueConstraint(fields=["thread_id", "party_id"], nulls_distinct=False, name="messages_participant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                *frame(),
                ("thread_id", models.UUIDField()),
                ("thread_holder_id", models.UUIDField()),
                ("words", models.CharField(max_length=2000)),
                ("written_at", models.DateTimeField()),
                ("worker_id", models.UUIDField(null=True)),
                ("request_key", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "messages_entry",
                "verbose_name_plural": "entries",
                "constraints": [models.UniqueConstraint(fields=["holder_id", "request_key"], name="messages_entry_once")],
                "indexes": [
                    models.Index(fields=["thread_id", "written_at"], name="messages_entry_thread"),
                    models.Index(fields=["identity_id"], name="messages_entry_identity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                *frame(),
                ("thread_id", models.UUIDField()),
                ("entry_id", models.UUIDField(unique=True)),
                ("written_at", models.DateTimeField()),
                ("media_type", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "messages_attachment"},
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("principal_id", models.UUIDField()),
                ("worker_id", models.UUIDField(null=True)),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(default="en", max_length=5)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "messages_calendar_feed",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["principal_id", "worker_id"], condition=models.Q(ended_at=None), nulls_distinct=False, name="messages_feed_once"
                    )
                ],
            },
        ),
        rls.open_to_app("messages_safety_policy", "SELECT", "INSERT", "UPDATE"),
        rls.function(TAKES_PART, "messages_takes_part(uuid, timestamptz)"),
        *(rls.family(f"messages_{name}") for name in ("unsafe_contact", "thread", "participant", "entry", "attachment")),
        rls.parties("messages_thread", also="messages_takes_part(id, started_at)"),
        rls.parties("messages_participant", also="messages_takes_part(thread_id, '-infinity')"),
        rls.parties("messages_entry", also="messages_takes_part(thread_id, written_at)"),
        rls.parties("messages_attachment", also="messages_takes_part(thread_id, written_at)"),
        # Its own seat tells an agency nothing that the thread does not: it shows only where the thread does.
        rls.policy("messages_participant", name="own_seat", command="SELECT", using=OWN_SEAT),
        rls.written_once("messages_entry"),
        rls.written_once("messages_attachment"),
        rls.guarded("messages_calendar_feed"),
        rls.policy("messages_calendar_feed", name="own", command="SELECT", using=OWN_FEED),
        rls.policy("messages_calendar_feed", name="add", command="INSERT", check=OWN_FEED),
        rls.policy("messages_calendar_feed", name="end", command="UPDATE", using=OWN_FEED, check=OWN_FEED),
        rls.system("messages_calendar_feed", System.SIGN_IN, "SELECT", "UPDATE"),
    ]
