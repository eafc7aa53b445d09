"""What changes read. Each asks `standing_of` first; an outsider gets NotVisible."""

from careloom.changes.queries.answers import CameOf, Event, came_of
from careloom.changes.queries.decided import Decided, decided_for
from careloom.changes.queries.guidance import Due, GuidanceRow, Heard, due, guidance_list, guidance_of, version_text
from careloom.changes.queries.law import Asked, Legal, legal, questions
from careloom.changes.queries.learning import Told, courses_by_indicator, exchange
from careloom.changes.queries.lists import one_row, rows
from careloom.changes.queries.pilots import PilotPage, pilot_of
from careloom.changes.queries.trace import Trace, trace_of

__all__ = [
    "Asked", "CameOf", "Decided", "Due", "Event", "GuidanceRow", "Heard", "Legal", "PilotPage", "Told", "Trace", "came_of", "courses_by_indicator",
    "decided_for", "due", "exchange", "guidance_list", "guidance_of", "legal", "one_row", "pilot_of", "questions", "rows", "trace_of",
    "version_text",
]  # fmt: skip
