"""What keeps partners from sharing data, the rule for it, and how referrals went: one's own by name, others as the rule says (R-052)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.inventory_lasting import DataRuleForm, HesitationForm, YesForm
from careloom.commons.presenters import inventory as shown
from careloom.commons.presenters.inventory_sharing import sharing_page
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.packs import current_pack
from careloom.inventory import actions, queries
from careloom.outcomes.needs import asked_of

A_PAGE = 25


@require_safe
@reads
def page(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Reasons by kind, the rule in force with who agreed, and numbers by partner as the reader may see them."""
    pack = current_pack()
    found = queries.sharing(viewer=viewer_of(request), collaborative_id=collaborative_id)
    agencies = {str(row.pk): row.agency_id for row in found.partners if row.agency_id}
    split = found.split([row for row in found.partners if row.agency_id])
    rows = asked_of(
        viewer=viewer_of(request), collaborative_id=collaborative_id, split=split, agencies=agencies, at=clock.now(), zone=pack.manifest.zone,
        settings=pack.suppression,
    )  # fmt: skip
    reasons = Paginator(found.hesitations, A_PAGE).get_page(request.GET.get("reasons"))
    context = {**sharing_page(found, reasons=reasons, asked=rows, split=split), "reasons": reasons}
    context["page_of"] = Paginator(context["answers"], A_PAGE).get_page(request.GET.get("page"))
    return render(request, "commons/inventory_sharing.html", {**context, **shown.around(found.standing, "inventory_sharing")})


@page_view
@reads
def rule(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The next version of the rule."""
    rooms = load(request, collaborative_id)
    found = queries.sharing(viewer=viewer_of(request), collaborative_id=collaborative_id)
    if not found.may_write:
        raise NotVisible
    old = found.rule
    start: dict[str, Any] = {"words": old.words, "never": old.never, "version": old.version} if old else {}
    form = DataRuleForm(request.POST or None, initial=start | {"adopted_on": clock.today(agency_of(request).zone)})
    response = posted(
        request, form,
        lambda: actions.adopt_data_rule(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, after=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("inventory_sharing", {"collaborative_id": collaborative_id}), said=_("Adopted. Every partner is asked again."),
    )  # fmt: skip
    back = reverse("commons:inventory_sharing", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("The rule for each other’s numbers"), back=back, save=_("Adopt this version"))


@page_view
@reads
def reason(request: HttpRequest, collaborative_id: UUID, hesitation_id: UUID | None = None) -> HttpResponse:
    """What keeps a partner from sharing data, new or changed."""
    rooms = load(request, collaborative_id)
    found = queries.sharing(viewer=viewer_of(request), collaborative_id=collaborative_id)
    row = next((one for one in found.hesitations if one.pk == hesitation_id), None)
    partners = [
        (one.pk, one.name) for one in found.partners
        if (found.may_write or found.standing.speaks_for(one.pk)) and (row is None or one.pk == row.partner_id)
    ]  # fmt: skip
    if not partners or (hesitation_id is not None and row is None):
        raise NotVisible
    names = ("partner_id", "kind", "words", "eased_by", "eased_on")
    start = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    form = HesitationForm(request.POST or None, initial=start, partners=partners)
    response = posted(
        request, form,
        lambda: actions.put_hesitation(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts,
            request_key=form.cleaned_data["request_key"], hesitation_id=hesitation_id, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("inventory_sharing", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    back = reverse("commons:inventory_sharing", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("What keeps a partner from sharing"), back=back)


@page_view
@reads
def yes(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """A partner agrees to the rule, or takes its yes back."""
    rooms = load(request, collaborative_id)
    found = queries.sharing(viewer=viewer_of(request), collaborative_id=collaborative_id)
    partner = next((row for row in found.partners if row.pk == partner_id), None)
    if partner is None or found.rule is None or partner_id not in found.may_say_yes_for:
        raise NotVisible
    if request.method == "POST" and "take_back" in request.POST:
        actions.take_back_yes(by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, partner_id=partner_id)
        return redirect("commons:inventory_sharing", collaborative_id=collaborative_id)
    form = YesForm(request.POST or None, initial={"version": found.rule.version})
    response = posted(
        request, form,
        lambda: actions.agree_to_rule(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, partner_id=partner_id, said_by=form.cleaned_data["said_by"],
            rule_version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("inventory_sharing", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _("Those who agreed see each other’s numbers by name. Others see you only in the pool. You can take it back.")
    back, title = reverse("commons:inventory_sharing", args=[collaborative_id]), _("%(name)s agrees to the rule") % {"name": partner.name}
    return response or asked(request, form, rooms=rooms, title=title, lede=lede, back=back, save=_("We agree"))
