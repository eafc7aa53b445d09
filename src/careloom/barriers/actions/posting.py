"""What a higher tier posts down: support or guidance for the teams below (R-016)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.barriers.actions.moving import MOST_LETTERS
from careloom.barriers.facts import PostingFacts
from careloom.barriers.models import Barrier, Posting
from careloom.barriers.words import POSTED
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import leads_back
from careloom.partnership.actions.keeping import made, row_of, today, wrong
from careloom.partnership.models import Body
from careloom.partnership.standing import standing_of


@transaction.atomic
def post_down(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: PostingFacts, request_key: str) -> Done | Refused:
    """Post support or guidance from oversight or the core team to one body or to all below.

    Refused codes: NOT_ALLOWED, BODY_ID, TO_ID, POSTED, TITLE, WORDS, LEADS_BACK. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    earlier = Posting.objects.filter(collaborative_id=standing.collaborative.pk, request_key=request_key).first()
    if earlier is not None:
        return Done(row_id=earlier.pk)
    body, to = row_of(Body, standing, facts.body_id), row_of(Body, standing, facts.to_id)
    if body is None or not standing.leads(body.pk):
        return Refused(codes=("NOT_ALLOWED",))
    about = Barrier.objects.filter(pk=facts.barrier_id, collaborative_id=standing.collaborative.pk).first() if facts.barrier_id else None
    codes = wrong(
        {
            "BODY_ID": body.tier not in (Tier.OVERSIGHT, Tier.CORE),
            "TO_ID": facts.to_id is not None and (to is None or to.pk == body.pk or to.tier == Tier.OVERSIGHT),
            "POSTED": facts.kind not in POSTED,
            "TITLE": not facts.title.strip(),
            "WORDS": not facts.words.strip(),
            "LEADS_BACK": leads_back(f"{facts.title} {facts.words}"),
        }
    )
    if codes:
        return Refused(codes=codes)
    row = Posting.objects.create(
        collaborative_id=standing.collaborative.pk, body=body, to=to, kind=facts.kind, title=said(facts.title, most=120),
        words=facts.words.strip()[:MOST_LETTERS], on=today(at), barrier=about, **made(by, at, request_key),
    )  # fmt: skip
    record(by=by, at=at, action="barriers.posted_down", object_id=row.pk)
    return Done(row_id=row.pk)
