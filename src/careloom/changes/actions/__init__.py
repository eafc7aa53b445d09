"""What changes write. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.changes.actions.deciding import decide_pilot
from careloom.changes.actions.guidance import close_comments, comment, draft_guidance, issue, next_version, open_comments, retire, write_draft
from careloom.changes.actions.heard import acknowledge, answer_feedback, apply, close_feedback, read_feedback, send_feedback
from careloom.changes.actions.law import adopt_definition, answer_question, put_statute
from careloom.changes.actions.learning import decide_course, put_assistance, put_known, put_lesson, take_up
from careloom.changes.actions.pilots import close_cycle, move_pilot, observe, open_cycle, propose_pilot
from careloom.changes.actions.policy import move_proposal, put_practice, put_proposal, put_strategy, rest
from careloom.changes.facts import (
    AnswerFacts,
    AssistanceFacts,
    DefinitionFacts,
    GuidanceFacts,
    KnownFacts,
    LessonFacts,
    PilotFacts,
    PracticeFacts,
    PriorityFacts,
    ProposalFacts,
    StatuteFacts,
    StrategyFacts,
)

__all__ = [
    "AnswerFacts", "AssistanceFacts", "DefinitionFacts", "GuidanceFacts", "KnownFacts", "LessonFacts", "PilotFacts", "PracticeFacts",
    "PriorityFacts", "ProposalFacts", "StatuteFacts", "StrategyFacts", "acknowledge", "adopt_definition", "answer_feedback", "answer_question",
    "apply", "close_comments", "close_cycle", "close_feedback", "comment", "decide_course", "decide_pilot", "draft_guidance", "issue",
    "move_pilot", "move_proposal", "next_version", "observe", "open_comments", "open_cycle", "propose_pilot", "put_assistance", "put_known",
    "put_lesson", "put_practice", "put_proposal", "put_statute", "put_strategy", "read_feedback", "rest", "retire", "send_feedback", "take_up",
    "write_draft",
]  # fmt: skip
