"""Keeps a report to the court as it went there: the page and the Word file sealed, each with its digest."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from careloom.agencies.days import today_of
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.documents.handing import WORD
from careloom.infra.documents.uploads import Upload, seal_upload
from careloom.permanency.actions.outcomes import agency_of, closed, known, put, the_case
from careloom.permanency.models import Paper


@transaction.atomic
def keep_report(
    *, by: Viewer, at: datetime, case_id: UUID, child_id: UUID | None, template: str, court: str, page: bytes, word: bytes, request_key: str
) -> Done | Refused:  # fmt: skip
    """Keep the page and the Word file of a report, sealed under the agency's key. Sent twice it is one report. Raises NotVisible."""
    case = the_case(by=by, case_id=case_id)
    done = known(Paper, by=by, request_key=request_key) or closed(case)
    if done is not None:
        return done
    pk = uuid4()
    sealed = {
        name: seal_upload(Upload(media_type=kind, content=content), holder_id=case.holder_id, document_id=pk)
        for name, kind, content in (("sealed", "application/pdf", page), ("word_sealed", WORD, word))
    }
    row = put(
        Paper, case=case, by=by, at=at, request_key=request_key, action="report_made", child_id=child_id, detail={"template": template}, id=pk,
        kind="REPORT", about="REPORT", court=said(court, most=160), dated_on=today_of(agency_of(by), at=at), template=template,
        media_type="application/pdf", digest=sha256(page).hexdigest(), word_digest=sha256(word).hexdigest(), **sealed,
    )  # fmt: skip
    return Done(row_id=row.pk)
