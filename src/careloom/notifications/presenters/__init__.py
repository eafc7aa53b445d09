"""Makes words and components for the notification's screens. Nothing here reads the database or the clock."""

from careloom.notifications.presenters.chart import FactRow, birth_words, fact_rows, family_title, her_name
from careloom.notifications.presenters.panel import Panel, panel
from careloom.notifications.presenters.script import Script, script
from careloom.notifications.presenters.sent import leaves

__all__ = ["FactRow", "Panel", "Script", "birth_words", "fact_rows", "family_title", "her_name", "leaves", "panel", "script"]
