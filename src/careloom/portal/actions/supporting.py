"""She lets somebody of her own see her plan: a supporter with a door of her own, who sees what this consent opens and nothing else (J4.13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from careloom.consents.materialise import materialise
from careloom.consents.models import Consent
from careloom.infra.access import acting_as
from careloom.messages.actions import NotSent, send
from careloom.messages.models import Message
from careloom.people.actions import new_identity
from careloom.portal.actions.inviting import let_in, new_link
from careloom.portal.actions.papers import sign_for
from careloom.portal.door import Her
from careloom.portal.models import PortalPerson


@dataclass(frozen=True, kw_only=True)
class Supported:
    """The supporter has a door and a link; `message` says whether the link went out. None when the same form came again."""

    person: PortalPerson | None
    path: str
    message: Message | NotSent | None


@transaction.atomic
def let_supporter_see(*, her: Her, at: datetime, name: str, phone: str, language: str, shares_program: bool, request_key: str) -> Supported:
    """Let a person she names see her plan for 90 days, or until she stops it. `shares_program` adds the parts about staying well."""
    by = her.viewer
    with acting_as(by):
        # The form's own key is kept with her paper, so a second submission finds it signed.
        if Consent.objects.filter(holder_id=by.holder_id, request_key__startswith=f"supporter:{request_key}"[:60]).exists():
            return Supported(person=None, path="", message=None)
        person = let_in(by=by, at=at, identity_id=new_identity(at=at), language=language, phone=phone, kind="SUPPORTER", about_id=her.identity_id)
        sign_for(
            her=her, at=at, recipient_id=person.principal_id, recipient_name=name.strip()[:160], purposes=frozenset({"care_coordination"}),
            shares_plan=True, shares_program=shares_program, request_key=f"supporter:{request_key}"[:60],
        )  # fmt: skip
        materialise([her.identity_id], at=at)
        token = new_link(by=by, at=at, person=person, request_key=request_key)
        path = reverse("portal:link", args=[token])
        message = send(
            by=by, at=at, identity_id=person.identity_id, sentence="SIGN_IN", address=phone, language=language,
            link=f"{settings.ENVIRONMENT.address}{path}", request_key=f"my:{request_key}"[:64],
        )  # fmt: skip
    return Supported(person=person, path=path, message=message)
