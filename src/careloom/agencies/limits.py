"""What limits attempts (wrong passwords, second steps used twice, one-time pages), kept in the database, so that every web process counts alike.

Django's cache that lies in one process would let an attacker try anew at each process and machine. Nothing that is quick for its own sake is kept
here. Keys may name an address or a sign-in, so only their keyed digest is written; values are JSON. Times are the database's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_ENDS: Final = "coalesce(clock_timestamp() + %s::interval, 'infinity')"
_SET: Final = f"""INSERT INTO agencies_limit (key, value, ends_at) VALUES (%s, %s::jsonb, {_ENDS})
ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at"""
_ADD: Final = f"{_SET} WHERE agencies_limit.ends_at <= clock_timestamp()"
_GET: Final = "SELECT value::text FROM agencies_limit WHERE key = %s AND ends_at > clock_timestamp()"
_COUNT: Final = """UPDATE agencies_limit SET value = to_jsonb(value::text::bigint + %s::bigint)
WHERE key = %s AND ends_at > clock_timestamp() RETURNING value::text::bigint"""
_TOUCH: Final = f"UPDATE agencies_limit SET ends_at = {_ENDS} WHERE key = %s AND ends_at > clock_timestamp()"
_DELETE: Final = "DELETE FROM agencies_limit WHERE key = %s AND ends_at > clock_timestamp()"


class SharedLimits(BaseCache):
    """Django's cache over one table. Two who add or count at once wait for each other, so no attempt goes uncounted."""

    def __init__(self, _place: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept under `key`, else `default`."""
        found = self._row(_GET, self._key(key, version))
        return json.loads(found[0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value that JSON can hold for `timeout` seconds."""
        self._run(_SET, self._key(key, version), json.dumps(value), self._lasts(timeout))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none; whether it was kept."""
        return self._run(_ADD, self._key(key, version), json.dumps(value), self._lasts(timeout)) == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on, and the new number. Raises ValueError where nothing is counted."""
        found = self._row(_COUNT, delta, self._key(key, version))
        if found is None:
            raise ValueError("Nothing is counted under this key.")
        return int(found[0])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let a value last `timeout` seconds from now; whether there was one."""
        return self._run(_TOUCH, self._lasts(timeout), self._key(key, version)) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; whether there was one."""
        return self._run(_DELETE, self._key(key, version)) == 1

    def clear(self) -> None:
        """Forget all."""
        self._run("DELETE FROM agencies_limit")

    def _key(self, key: str, version: int | None) -> str:
        named = self.make_and_validate_key(key, version=version)
        return hmac.new(settings.SECRET_KEY.encode(), named.encode(), hashlib.sha256).hexdigest()

    def _lasts(self, timeout: Any) -> timedelta | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else timedelta(seconds=max(seconds, 0))

    @staticmethod
    def _run(words: str, *values: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute(words, values or None)
            return int(cursor.rowcount)

    @staticmethod
    def _row(words: str, *values: object) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(words, values)
            return cursor.fetchone()  # type: ignore[no-any-return]


def sweep() -> int:
    """Remove what is over; how many rows went. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_limit WHERE ends_at <= clock_timestamp()")
        return int(cursor.rowcount)
