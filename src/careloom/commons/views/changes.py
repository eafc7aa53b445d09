"""Guidance: the list with what waits, one guidance, and its text as a document."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of
from careloom.barriers.queries import answered_by
from careloom.changes.documents import guidance_paper
from careloom.changes.queries import due, guidance_list, guidance_of, version_text
from careloom.changes.rights import leads_any
from careloom.changes.words import STATES
from careloom.commons.presenters.barriers import answers_section, beside_first
from careloom.commons.presenters.changes_guidance import due_section, list_section, sections_of
from careloom.commons.presenters.changes_parts import TONES, Way
from careloom.commons.views.changes_parts import page, reader
from careloom.commons.views.parts import reads
from careloom.infra.documents.handing import document
from careloom.partnership.standing import standing_of

A_PAGE = 25


@require_safe
@reads
def listed(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every guidance, and what waits for somebody."""
    viewer = reader(request)
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found = Paginator(guidance_list(viewer=viewer, collaborative_id=collaborative_id), A_PAGE).get_page(request.GET.get("page"))
    sections = [
        due_section(due(viewer=viewer, collaborative_id=collaborative_id), collaborative_id),
        list_section(tuple(found), collaborative_id=collaborative_id),
    ]
    new = Way(words=_("Draft guidance"), url=reverse("commons:guidance_new", args=[collaborative_id]), first=True)
    lede = _("What oversight asks of teams and partners, who has read it, and who works this way.")
    ways = (new,) if leads_any(standing) else ()
    return page(request, standing, room="changes", title=_("Guidance"), lede=lede, sections=sections, ways=ways, page_of=found)


@require_safe
@reads
def one(request: HttpRequest, collaborative_id: UUID, guidance_id: UUID) -> HttpResponse:
    """One guidance with everything that is said about it."""
    found = guidance_of(viewer=reader(request), collaborative_id=collaborative_id, guidance_id=guidance_id)
    row = found.row
    lede = _("Issued by %(body)s") % {"body": row.guidance.body.name} if row.in_force else row.guidance.body.name
    links = reverse("commons:trace_link", args=[collaborative_id])
    ways = (Way(words=_("What it puts into practice"), url=f"{links}?of=PROTOCOL:{row.guidance.pk}"),) if leads_any(found.standing) else ()
    barrier = answered_by(viewer=reader(request), collaborative_id=collaborative_id, barrier_id=row.guidance.barrier_id)
    return page(
        request, found.standing, room="changes", title=row.guidance.title, lede=lede, status=STATES[row.state], tone=TONES[row.state],
        sections=beside_first(sections_of(found, collaborative_id=collaborative_id), answers_section(barrier)), ways=ways,
        up=(_("Guidance"), reverse("commons:changes", args=[collaborative_id])),
    )  # fmt: skip


@require_safe
@reads
def pdf(request: HttpRequest, collaborative_id: UUID, guidance_id: UUID) -> HttpResponse:
    """A version as a PDF: `?version=2`, else the one in force."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else None
    version = version_text(viewer=reader(request), collaborative_id=collaborative_id, guidance_id=guidance_id, number=number)
    return document(guidance_paper(version, agency=agency_of(request)), name=f"guidance-version-{version.number}")
