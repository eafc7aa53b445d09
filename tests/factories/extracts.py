"""A database of its own with a county in it, and where its extract goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
from django.db import connections, transaction
from tests.factories.plans import PlanWorld

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.outcomes.extracting.taking import Taken, take


@dataclass
class Place:
    """A database of its own with a county in it, and where the extract goes."""

    world: PlanWorld
    home: Path

    def take(self, home: Path | None = None, **facts: Any) -> Taken:
        given = {"at": clock.now(), "until": clock.today() - timedelta(days=1), "realm": 98, "zone": "America/New_York", "say": lambda _: None}
        return take(home=home or self.home, **(given | facts))

    def rows(self, table: str, *, where: str = "true", what: str = "*", taken: Taken | None = None) -> list[tuple[Any, ...]]:
        folder = (taken or self.take()).folder
        return duckdb.sql(f"SELECT {what} FROM '{folder / table}/*.parquet' WHERE {where}").fetchall()

    def number(self, identity: UUID) -> int:
        """The number of a person, which only the owner of the tables reads."""
        return int(self.owned("SELECT subject FROM deidentified.person WHERE id = %s", identity)[0][0])

    def owned(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall()) if cursor.description else []

    def put(self, model: Any, *, holder: UUID, **facts: Any) -> Any:
        """A row as the job of its holder writes it."""
        row = model(holder_id=holder, **facts)
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=holder)):
            row.save()
        return row

    def kept(self, row: Any) -> None:
        """A paper as the owner of the tables writes it."""
        fields = row._meta.concrete_fields
        values = [field.get_db_prep_save(getattr(row, field.attname), connections["owner"]) for field in fields]
        names, places = ", ".join(field.column for field in fields), ", ".join("%s" for _ in fields)
        self.owned(f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({places})", *values)
