"""Treatment in words and parts of the look."""

from careloom.treatment.presenters.lines import EntryLine, line_of
from careloom.treatment.presenters.page import shown
from careloom.treatment.presenters.queue import admission_facts, queue_lines

__all__ = ["EntryLine", "admission_facts", "line_of", "queue_lines", "shown"]
