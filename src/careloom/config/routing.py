"""One database under two roles: everything is read and written as the application role, migrated as the owner."""

from __future__ import annotations

from typing import Any


class OneDatabase:
    """Keeps queries on `default`; migrations run on `owner` only."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
