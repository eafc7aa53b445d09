"""Addresses of guidance, proposals, pilots and what is learned from them."""

from typing import Any

from django.urls import path

from careloom.commons.views import changes, changes_guidance, changes_law, changes_pilots, changes_policy, changes_sheets

C = "<uuid:collaborative_id>/"


def _sheet(at: str, name: str, sheet: changes_sheets.Sheet) -> list[Any]:
    """A list of one kind of thing, a new one, and changing one."""
    return [
        path(f"{C}changes/{at}/", sheet.listed, name=name),
        path(f"{C}changes/{at}/new/", sheet.new, name=f"{name}_new"),
        path(f"{C}changes/{at}/<uuid:row_id>/", sheet.edit, name=f"{name}_edit"),
    ]


urlpatterns = [
    path(f"{C}guidance/", changes.listed, name="changes"),
    path(f"{C}guidance/new/", changes_guidance.new, name="guidance_new"),
    path(f"{C}guidance/<uuid:guidance_id>/", changes.one, name="guidance"),
    path(f"{C}guidance/<uuid:guidance_id>/pdf/", changes.pdf, name="guidance_pdf"),
    path(f"{C}guidance/<uuid:guidance_id>/next/", changes_guidance.following, name="guidance_next"),
    path(f"{C}guidance/<uuid:guidance_id>/feedback/", changes_guidance.feedback_guidance, name="feedback_guidance"),
    path(f"{C}guidance/version/<uuid:version_id>/write/", changes_guidance.write, name="guidance_write"),
    path(f"{C}guidance/version/<uuid:version_id>/comments/", changes_guidance.comments, name="guidance_comments"),
    path(f"{C}guidance/version/<uuid:version_id>/comment/", changes_guidance.comment, name="guidance_comment"),
    path(f"{C}guidance/version/<uuid:version_id>/back/", changes_guidance.back, name="guidance_back"),
    path(f"{C}guidance/version/<uuid:version_id>/issue/", changes_guidance.issue, name="guidance_issue"),
    path(f"{C}guidance/version/<uuid:version_id>/retire/", changes_guidance.retire, name="guidance_retire"),
    path(f"{C}guidance/to/<uuid:addressee_id>/acknowledge/", changes_guidance.acknowledge, name="guidance_acknowledge"),
    path(f"{C}guidance/to/<uuid:addressee_id>/applied/", changes_guidance.applied, name="guidance_applied"),
    path(f"{C}feedback/<uuid:feedback_id>/read/", changes_guidance.feedback_read, name="feedback_read"),
    path(f"{C}feedback/<uuid:feedback_id>/answer/", changes_guidance.feedback_answer, name="feedback_answer"),
    path(f"{C}feedback/<uuid:feedback_id>/close/", changes_guidance.feedback_close, name="feedback_close"),
    path(f"{C}proposals/", changes_policy.listed, name="proposals"),
    path(f"{C}proposals/new/", changes_policy.new, name="proposal_new"),
    path(f"{C}proposals/<uuid:proposal_id>/", changes_policy.one, name="proposal"),
    path(f"{C}proposals/<uuid:proposal_id>/edit/", changes_policy.edit, name="proposal_edit"),
    path(f"{C}proposals/<uuid:proposal_id>/propose/", changes_policy.propose, name="proposal_propose"),
    path(f"{C}proposals/<uuid:proposal_id>/decide/", changes_policy.decide, name="proposal_decide"),
    path(f"{C}proposals/<uuid:proposal_id>/effect/", changes_policy.effect, name="proposal_effect"),
    path(f"{C}pilots/", changes_pilots.listed, name="pilots"),
    path(f"{C}pilots/new/", changes_pilots.new, name="pilot_new"),
    path(f"{C}pilots/<uuid:pilot_id>/", changes_pilots.one, name="pilot"),
    path(f"{C}pilots/<uuid:pilot_id>/approve/", changes_pilots.approve, name="pilot_approve"),
    path(f"{C}pilots/<uuid:pilot_id>/start/", changes_pilots.start, name="pilot_start"),
    path(f"{C}pilots/<uuid:pilot_id>/cycle/", changes_pilots.cycle_new, name="pilot_cycle_new"),
    path(f"{C}pilots/cycles/<uuid:cycle_id>/", changes_pilots.cycle, name="pilot_cycle"),
    path(f"{C}pilots/<uuid:pilot_id>/month/", changes_pilots.observe, name="pilot_observe"),
    path(f"{C}pilots/<uuid:pilot_id>/evaluate/", changes_pilots.evaluate, name="pilot_evaluate"),
    path(f"{C}pilots/<uuid:pilot_id>/decide/", changes_pilots.decide, name="pilot_decide"),
    path(f"{C}pilots/<uuid:pilot_id>/feedback/", changes_guidance.feedback_pilot, name="feedback_pilot"),
    path(f"{C}trace/", changes_policy.trace, name="trace"),
    path(f"{C}trace/link/", changes_policy.link, name="trace_link"),
    *_sheet("strategies", "strategies", changes_sheets.STRATEGIES),
    *_sheet("practices", "changed_practices", changes_sheets.PRACTICES),
    *_sheet("library", "library", changes_sheets.LIBRARY),
    *_sheet("help", "help", changes_sheets.HELP),
    *_sheet("law", "law", changes_sheets.LAWS),
    path(f"{C}changes/law/definition/new/", changes_law.definition, name="definition_new"),
    path(f"{C}changes/law/definition/pack/", changes_law.definition_pack, name="definition_pack"),
    path(f"{C}changes/questions/", changes_law.questions_page, name="questions"),
    path(f"{C}changes/questions/answer/", changes_law.answer, name="question_answer"),
    *_sheet("stories", "stories", changes_sheets.STORIES),
    path(f"{C}changes/stories/<uuid:row_id>/take/", changes_sheets.take, name="story_take"),
    path(f"{C}changes/priorities/", changes_sheets.courses, name="courses"),
    path(f"{C}changes/priorities/new/", changes_sheets.course_new, name="course_new"),
]
