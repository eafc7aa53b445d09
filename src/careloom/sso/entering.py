"""One sign-in by a provider: what is asked, whose answer counts, who that is here, and in which roles.

INVARIANT: a provider opens the sign-in of somebody who is already a member of its own agency, and of no other agency. It makes no account.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import User
from careloom.agencies.queries import memberships_of
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.sso.models import Known, Pending, Provider, UsedAnswer
from careloom.sso.protocol import NotBelieved, Said, Side, ask, read_answer
from careloom.sso.roles import give_roles

LASTS: Final = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Out:
    """A sign-in that begins: where the browser goes, and the word that stays in its cookie."""

    url: str
    browser: str


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Who came in, whether the provider asked for two steps, and where she wanted to go."""

    user: User
    provider: Provider
    two_steps: bool
    next_path: str


@dataclass(frozen=True, kw_only=True)
class NotEntered:
    """Nobody came in. UNKNOWN (nobody here, or not of this agency), ELSEWHERE (she works in another agency too), GROUPS (none of hers gives a role),
    AGAIN (begin again)."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Here:
    """Our name and the address of answers at this installation."""

    entity_id: str
    acs_url: str

    def facing(self, provider: Provider) -> Side:
        """Both sides of a sign-in."""
        return Side(
            entity_id=self.entity_id, acs_url=self.acs_url, provider=provider.entity_id, sso_url=provider.sso_url,
            certificates=tuple(provider.certificates),
        )  # fmt: skip


def provider_in_use(provider_id: UUID) -> Provider | None:
    """A provider by which people sign in now."""
    return Provider.objects.filter(pk=provider_id, ended_at=None, agency__active=True).exclude(confirmed_at=None).select_related("agency").first()


def provider_for(email: str) -> Provider | None:
    """The provider of who has this work e-mail, by its end alone: nobody learns here who is known."""
    domain = email.strip().lower().rpartition("@")[2]
    rows = Provider.objects.filter(domains__contains=[domain], ended_at=None, agency__active=True).exclude(confirmed_at=None)
    return rows.order_by("made_at").first() if domain else None


def begin(*, provider: Provider, here: Here, next_path: str, at: datetime) -> Out:
    """Begin a sign-in; it must be answered within a quarter of an hour, to the same browser."""
    relay, browser = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    asked = ask(here.facing(provider), relay=relay)
    Pending.objects.filter(ends_at__lt=at - timedelta(days=1)).delete()
    Pending.objects.create(
        provider=provider, asked=asked.id, relay_hash=_hash(relay), browser_hash=_hash(browser), next_path=next_path[:300], ends_at=at + LASTS
    )
    return Out(url=asked.url, browser=browser)


@transaction.atomic
def finish(*, text: str, relay: str, browser: str, here: Here, at: datetime) -> Entered | NotEntered:
    """Take an answer (`text` with the word `relay`, as a browser brought it that holds the word `browser`). Each counts once."""
    waits = Pending.objects.select_for_update(of=("self",)).select_related("provider__agency").filter(relay_hash=_hash(relay), ends_at__gt=at)
    pending = waits.filter(used_at=None, provider__ended_at=None, provider__agency__active=True).exclude(provider__confirmed_at=None).first()
    if pending is None or not hmac.compare_digest(pending.browser_hash, _hash(browser)):
        return NotEntered(code="AGAIN")
    Pending.objects.filter(pk=pending.pk).update(used_at=at)
    provider = pending.provider
    try:
        said = read_answer(here.facing(provider), text, asked=pending.asked, at=at, groups=provider.groups_attribute)
    except NotBelieved as why:
        _note(provider, at=at, action="sso.not_believed", detail={"code": why.code})
        return NotEntered(code="AGAIN")
    if not _first_use(provider, said, at=at):
        return NotEntered(code="AGAIN")
    return _enter(provider, said, next_path=pending.next_path, at=at)


def _first_use(provider: Provider, said: Said, *, at: datetime) -> bool:
    UsedAnswer.objects.filter(ends_at__lt=at - timedelta(days=1)).delete()
    row = UsedAnswer(provider=provider, answer_hash=_hash(said.assertion_id), ends_at=said.ends_at)
    UsedAnswer.objects.bulk_create([row], ignore_conflicts=True)
    return UsedAnswer.objects.filter(pk=row.pk).exists()


def _enter(provider: Provider, said: Said, *, next_path: str, at: datetime) -> Entered | NotEntered:
    subject = _hash(said.subject)
    known = Known.objects.filter(provider=provider, subject_hash=subject).select_related("user").first()
    user = known.user if known else _by_mail(provider, said)
    if user is None or not user.is_active or user.is_staff or user.is_superuser:
        return NotEntered(code="UNKNOWN")
    places = memberships_of(user_id=user.pk, at=at)
    if not any(one.agency_id == provider.agency_id for one in places):
        return NotEntered(code="UNKNOWN")
    if len(places) > 1:
        return NotEntered(code="ELSEWHERE")
    pairs = frozenset(provider.groups.values_list("group", "role"))
    if not give_roles(places[0], pairs=pairs, groups=said.groups, at=at):
        _note(provider, at=at, action="sso.no_group", object_id=places[0].pk)
        return NotEntered(code="GROUPS")
    if known is None and said.is_lasting:
        Known.objects.get_or_create(provider=provider, subject_hash=subject, defaults={"user": user, "made_at": at})
    _note(provider, at=at, action="sso.entered", object_id=places[0].pk, detail={"two_steps": said.two_steps})
    return Entered(user=user, provider=provider, two_steps=said.two_steps, next_path=next_path)


def _by_mail(provider: Provider, said: Said) -> User | None:
    mails = [one for one in said.emails if one.rpartition("@")[2] in provider.domains]
    found = list(User.objects.filter(email__in=mails)[:2]) if mails else []
    return found[0] if len(found) == 1 else None


def _note(provider: Provider, *, at: datetime, action: str, object_id: UUID | None = None, detail: dict[str, object] | None = None) -> None:
    job = system(System.JOB, holder_id=provider.agency_id)
    with acting_as(job):
        record(by=job, at=at, action=action, object_id=object_id or provider.pk, detail=detail or {})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
