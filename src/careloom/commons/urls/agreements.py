"""Addresses of agreements: the list, what comes next, one of them, and what follows from it."""

from django.urls import path

from careloom.commons.views import agreements, agreements_following, agreements_paper, agreements_reports, agreements_writing

HERE = "<uuid:collaborative_id>/agreements/"
ONE = f"{HERE}<uuid:agreement_id>/"

urlpatterns = [
    path(HERE, agreements.listed, name="agreements"),
    path(f"{HERE}next/", agreements.path, name="agreements_next"),
    path(f"{HERE}success/", agreements_following.success, name="agreements_success"),
    path(f"{HERE}communication-plan/", agreements_paper.communication_plan, name="communication_plan"),
    path(f"{HERE}new/", agreements_writing.new, name="agreement_new"),
    path(ONE, agreements.one, name="agreement"),
    path(f"{ONE}edit/", agreements_writing.edit, name="agreement_edit"),
    path(f"{ONE}paper/", agreements_paper.paper, name="agreement_paper"),
    path(f"{ONE}position/", agreements.position, name="agreement_position"),
    path(f"{ONE}versions/<slug:number>/", agreements.version, name="agreement_version"),
    path(f"{ONE}move/", agreements_writing.move, name="agreement_move"),
    path(f"{ONE}clauses/<slug:code>/", agreements_writing.clause, name="agreement_clause"),
    path(f"{ONE}clauses/<slug:code>/comment/", agreements_writing.comment, name="agreement_comment"),
    path(f"{ONE}comments/<uuid:comment_id>/", agreements_writing.answer_comment, name="agreement_comment_answer"),
    path(f"{ONE}parties/new/", agreements_writing.party_new, name="agreement_party_new"),
    path(f"{ONE}parties/<uuid:party_id>/", agreements_writing.party, name="agreement_party"),
    path(f"{ONE}parties/<uuid:party_id>/sign/", agreements_following.sign, name="agreement_sign"),
    path(f"{ONE}tables/<slug:table>/new/", agreements_writing.line_new, name="agreement_line_new"),
    path(f"{ONE}tables/<slug:table>/<uuid:line_id>/", agreements_writing.line, name="agreement_line"),
    path(f"{ONE}elements/new/", agreements_writing.element_new, name="agreement_element_new"),
    path(f"{ONE}elements/<uuid:element_id>/", agreements_writing.element, name="agreement_element"),
    path(f"{ONE}filing/<uuid:signature_id>/", agreements_following.file_copy, name="agreement_file"),
    path(f"{ONE}review/", agreements_following.review, name="agreement_review"),
    path(f"{ONE}end/", agreements_following.end, name="agreement_end"),
    path(f"{ONE}notices/new/", agreements_following.notice_new, name="agreement_notice_new"),
    path(f"{ONE}notices/<uuid:notice_id>/", agreements_following.notice, name="agreement_notice"),
    path(f"{ONE}audits/new/", agreements_reports.audit_new, name="agreement_audit_new"),
    path(f"{ONE}audits/<uuid:audit_id>/", agreements_reports.audit, name="agreement_audit"),
    path(f"{ONE}audits/<uuid:audit_id>/<slug:code>/", agreements_reports.answer, name="agreement_answer"),
    path(f"{ONE}reports/new/", agreements_reports.report_new, name="agreement_report_new"),
    path(f"{ONE}reports/<uuid:report_id>/", agreements_reports.report, name="agreement_report"),
    path(f"{ONE}reports/<uuid:report_id>/paper/", agreements_reports.report_paper, name="agreement_report_paper"),
    path(f"{ONE}reports/<uuid:report_id>/<slug:step>/", agreements_reports.report_move, name="agreement_report_move"),
]
