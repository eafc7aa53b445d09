"""Fills a table set-wise, as the owner role: columns that are not named take the model's own default."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models.fields import NOT_PROVIDED


def fill(model: type[models.Model], *, source: str, **columns: str) -> int:
    """Insert one row per row of `source` (a FROM clause). `columns` are SQL expressions over it. Returns how many rows were made."""
    names, expressions = [], []
    for field in model._meta.concrete_fields:
        given = columns.pop(field.attname, None)
        names.append(f'"{field.column}"')
        expressions.append(given if given is not None else _default(field))
    if columns:
        raise ValueError(f"{model.__name__} has no columns {sorted(columns)}.")
    words = f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)}) SELECT {", ".join(expressions)} FROM {source}'
    with connections["owner"].cursor() as cursor:
        cursor.execute(words)
        return int(cursor.rowcount)


def _default(field: models.Field[Any, Any]) -> str:
    if field.primary_key:
        return "gen_random_uuid()"
    if field.default is not NOT_PROVIDED:
        value = field.default() if callable(field.default) else field.default
        return _literal(value)
    if field.null:
        return "NULL"
    if isinstance(field, models.CharField):
        return "''"
    raise ValueError(f"{field.model.__name__}.{field.attname} needs an expression.")


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "'{}'"
    if isinstance(value, dict):
        return "'{}'::jsonb"
    if isinstance(value, UUID):
        return f"'{value}'::uuid"
    return "'" + str(value).replace("'", "''") + "'"
