"""How long a session stays open: the screen lock, the end of the day, and what somebody was sending when the screen locked.

Authority: 45 CFR 164.312(a)(2)(iii) (automatic logoff); DESIGN section 8 (15 minutes idle, 5 on a shared workstation, end after 12 hours).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from careloom.agencies import sealing
from careloom.infra.keys import KeyProblem

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=15)
IDLE_SHARED = timedelta(minutes=5)
# The session is written at most once a minute, so a lock may come up to a minute early, never late.
NOTED_EVERY = timedelta(minutes=1)
TRIES = 5
SHARED_COOKIE = "careloom_shared"
MOST_KEPT = 400_000
_BEGAN, _SEEN, _LOCKED, _TRIES, _KEPT = "began_at", "seen_at", "locked", "pin_tries", "kept_form"


class State(StrEnum):
    """What a session is now."""

    OPEN = "OPEN"
    LOCKED = "LOCKED"
    ENDED = "ENDED"


def look(request: HttpRequest, *, at: datetime, has_pin: bool) -> State:
    """The state of the signed-in session at `at`, noting that it was used. Without a PIN an idle session ends instead of locking."""
    session, now = request.session, at.timestamp()
    began = session.setdefault(_BEGAN, now)
    seen = session.setdefault(_SEEN, now)
    if now - began >= LONGEST.total_seconds():
        return State.ENDED
    if session.get(_LOCKED):
        return State.LOCKED if has_pin else State.ENDED
    if now - seen >= idle_time(request).total_seconds():
        session[_LOCKED] = True
        return State.LOCKED if has_pin else State.ENDED
    if now - seen >= NOTED_EVERY.total_seconds():
        session[_SEEN] = now
    return State.OPEN


def idle_time(request: HttpRequest) -> timedelta:
    """How long the screen stays open unused in this browser."""
    return IDLE_SHARED if is_shared(request) else IDLE


def is_shared(request: HttpRequest) -> bool:
    """Whether this browser was marked as a shared workstation."""
    return request.get_signed_cookie(SHARED_COOKIE, default="", salt=SHARED_COOKIE) == "1"


def mark_shared(response: HttpResponse, *, shared: bool) -> None:
    """Mark the browser that gets `response` as a shared workstation for two years, or take the mark away."""
    if shared:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_signed_cookie(SHARED_COOKIE, "1", salt=SHARED_COOKIE, max_age=730 * 86400, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(SHARED_COOKIE, samesite="Lax")


def lock(request: HttpRequest) -> None:
    """Lock the screen now."""
    request.session[_LOCKED] = True


def unlock(request: HttpRequest, *, at: datetime) -> None:
    """Open the screen again after the right PIN."""
    for key in (_LOCKED, _TRIES):
        request.session.pop(key, None)
    request.session[_SEEN] = at.timestamp()


def wrong_pin(request: HttpRequest) -> int:
    """Count a wrong PIN and return how many tries are left."""
    request.session[_TRIES] = request.session.get(_TRIES, 0) + 1
    return max(0, TRIES - request.session[_TRIES])


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A form that arrived while the screen was locked: where it was going and what it held. Files are not kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """What somebody typed, to be shown again: longer words, not ids or codes."""
        return tuple(value for _, value in self.fields if len(value) > 12 and " " in value.strip())


def keep(request: HttpRequest) -> None:
    """Keep the form that this request brings, sealed, in the session until it was sent again or the session ends."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if len(text) <= MOST_KEPT:
        sealed = sealing.seal(text.encode(), use="screen-lock", of=_owner(request))
        request.session[_KEPT] = {
            "path": request.get_full_path(),
            "sealed": base64.b64encode(sealed).decode(),
            "files": bool(request.FILES),
        }


def kept(request: HttpRequest) -> Kept | None:
    """What `keep` put aside in this session, or None."""
    stored: dict[str, Any] | None = request.session.get(_KEPT)
    if not stored:
        return None
    try:
        text = sealing.unseal(base64.b64decode(stored["sealed"]), use="screen-lock", of=_owner(request)).decode()
    except KeyProblem:
        return None
    fields = tuple((name, value) for name, values in QueryDict(text).lists() for value in values)
    return Kept(path=stored["path"], fields=fields, had_files=stored["files"])


def forget(request: HttpRequest) -> None:
    """Drop what was put aside."""
    request.session.pop(_KEPT, None)


def sent_again(request: HttpRequest) -> None:
    """Drop what was put aside once its own address gets a form again."""
    stored = request.session.get(_KEPT)
    if stored and stored["path"] == request.get_full_path():
        forget(request)


def _owner(request: HttpRequest) -> str:
    # INVARIANT: what one worker typed opens in her own sign-in only, not in that of the next one at this screen.
    owner: int | UUID = request.user.pk
    return f"user:{owner}"
