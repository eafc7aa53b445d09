"""Forms as data: versioned FHIR R4 Questionnaires, what they ask next, what is missing, what they work out. Domain-blind.

A form knows no family and no app; who asks it keeps the answers. How to add one: docs/how-to/forms.md. The page is in `infra.forms.asking`.
"""

from careloom.infra.forms.checking import Wrong, check
from careloom.infra.forms.conditions import Place, places, times, visible
from careloom.infra.forms.definitions import Alert, Answers, Band, Definition, Item, Kind, Licence, Option, Text, last_of
from careloom.infra.forms.finding import FormNotFound, Found, definition, definitions, found, may_be_used, own_folder
from careloom.infra.forms.reading import read
from careloom.infra.forms.responses import as_response, from_response, prefill
from careloom.infra.forms.scoring import alerts, meaning, scores

__all__ = [
    "Alert", "Answers", "Band", "Definition", "FormNotFound", "Found", "Item", "Kind", "Licence", "Option", "Place", "Text", "Wrong",
    "alerts", "as_response", "check", "definition", "definitions", "found", "from_response", "last_of", "may_be_used", "meaning", "own_folder",
    "places", "prefill", "read", "scores", "times", "visible",
]  # fmt: skip
