"""What agreements write. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.agreements.actions.auditing import answer, close_audit, move_report, plan_audit, put_report
from careloom.agreements.actions.drafting import put_agreement, put_clause, put_element, put_line, put_party
from careloom.agreements.actions.looking import define_success, put_notice, review
from careloom.agreements.actions.moving import answer_comment, comment, move
from careloom.agreements.actions.signing import end, file_copy, sign
from careloom.agreements.facts import AgreementFacts, AnswerFacts, ElementFacts, PartyFacts, ReviewFacts

__all__ = [
    "AgreementFacts",
    "AnswerFacts",
    "ElementFacts",
    "PartyFacts",
    "ReviewFacts",
    "answer",
    "answer_comment",
    "close_audit",
    "comment",
    "define_success",
    "end",
    "file_copy",
    "move",
    "move_report",
    "plan_audit",
    "put_agreement",
    "put_clause",
    "put_element",
    "put_line",
    "put_notice",
    "put_party",
    "put_report",
    "review",
    "sign",
]
