"""A row in any family table, with whatever its other columns need."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from careloom.infra.access.records import FamilyRecord

FRAME = frozenset({"id", "holder_id", "identity_id", "category", "provenance"})
# A form, an order and the other papers are read by their parties (tested apart); an obligation is anybody's of the agency until it has a worker.
# What is held back from her accounting is read by roles that look beyond a caseload, and by nobody else (tested apart).
APART = ("consents_", "rights_held_back")
TABLES: list[type[FamilyRecord]] = [m for m in apps.get_models() if issubclass(m, FamilyRecord) and not m._meta.db_table.startswith(APART)]
# What was asked and given is no part of a record: its holder reads it, and no form of hers opens it to another agency (42 CFR 2.13(c)).
# A thread is read by who takes part in it, and by the holder of each row; who takes part is tested apart.
THREADS = ("messages_thread", "messages_participant", "messages_entry", "messages_attachment")
# A draft, what was done about an answer, and that she was shown what is asked stay with who wrote them (her own reading is tested apart).
LOOKS = ("safety_history_look",)  # who asked for earlier involvement: the asking agency and she herself
FORMS = ("screening_draft", "screening_follow_up", "screening_shown")
# A report of maltreatment: child welfare that keeps it, and nobody by any consent (42 U.S.C. 5106a(b)(2)(B)(viii)).
REPORTS = ("safety_report",)
_TRAILS = (
    "disclosures_",
    "rights_",
    "keeping_",
    "treatment_admission",
    "safety_history_look",
    *REPORTS,
    "following_concern",
    "position_sent",
    "exchange_fetch",
    *THREADS,
    *FORMS,
)
TRAILS = frozenset(m for m in TABLES if m._meta.db_table.startswith(_TRAILS) and m._meta.db_table != "rights_beside")


def a_row(model: type[FamilyRecord], *, holder: UUID, identity: UUID, category: str, at: datetime) -> FamilyRecord:
    """An unsaved row of `model`."""
    given: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.name in FRAME or field.has_default() or (field.null and field.name != "worker_id") or (field.blank and not field.unique):
            continue
        given[field.attname] = _value(field, at)
    return model(holder_id=holder, identity_id=identity, category=category, **given)


def _value(field: models.Field[Any, Any], at: datetime) -> Any:
    match field:
        case models.UUIDField():
            return uuid4()
        case models.DateTimeField():
            return at
        case models.DateField():
            return date(2026, 1, 5)
        case models.BooleanField():
            return False
        case models.IntegerField():
            return 1
        case ArrayField() | models.JSONField():
            return []
        case models.BinaryField():
            return b"x"
        case models.TimeField():
            return datetime(2026, 1, 5, tzinfo=UTC).time()
        case models.DecimalField() | models.FloatField():
            return 1
        case _:
            return uuid4().hex[: field.max_length or 32]
