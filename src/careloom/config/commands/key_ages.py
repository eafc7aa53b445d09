"""What ``careloom doctor`` says of the ages of the keys that can be made anew. An old key is no fault; after a year a new one is worth the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from careloom.config.environment import Environment
from careloom.infra.keys import Keyring

Finding = tuple[Literal["ok", "note", "wrong"], str]
YEAR: Final = timedelta(days=365)


def findings(settings: Environment, *, now: datetime) -> Iterator[Finding]:
    """The master key and the recovery key, each counted from the day on which its file was written here. What stays: docs/operations/keys.md."""
    since = Keyring(home=settings.home, master_file=settings.master_key_file).master_since()
    if since is not None:
        kept_elsewhere = settings.master_key_file is not None
        yield _said("The master key", now - since, how="in the place where it is kept" if kept_elsewhere else "with: careloom keys rotate")
    recipient = settings.home / "backups" / "recipient.json"
    if recipient.exists():
        made = datetime.fromtimestamp(recipient.stat().st_mtime, tz=UTC)
        yield _said("The recovery key of the backups", now - made, how="with: careloom backup --make-key FILE --replace")


def _said(words: str, age: timedelta, *, how: str) -> Finding:
    days = max(age.days, 0)
    told = f"{words} is {'less than a day' if days == 0 else '1 day' if days == 1 else f'{days:,} days'} old."
    return ("ok", told) if age <= YEAR else ("note", f"{told} Make a new one {how}")
