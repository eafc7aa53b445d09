"""Which agreed meanings stand beside words: a worker reads those of her collaboratives, a family the plain words of the one that agreed first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careloom.infra import clock
from careloom.infra.ui.meanings import Meaning
from careloom.knowledge.models import Agreed
from careloom.knowledge.queries import agreed_words
from careloom.partnership.models import Collaborative
from careloom.partnership.standing import collaboratives_of


def meanings(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `meanings`, read when the first word is drawn and not before."""
    return {"meanings": SimpleLazyObject(lambda: _known(request))}


def _known(request: HttpRequest) -> dict[str, Meaning]:
    viewer, at = getattr(request, "viewer", None), clock.now()
    if viewer is not None and getattr(request, "membership", None) is not None:
        ids = [row.pk for row in collaboratives_of(viewer=viewer)]
        found = agreed_words(collaborative_ids=ids, at=at) if ids else {}
        return {
            name: Meaning(words=row.words, by=_("Agreed by the partners of the collaborative."), word=row.term.name) for name, row in found.items()
        }
    # A word's agreed meaning is of nobody: families read it whichever agency helps them. Two queries.
    ids = list(Collaborative.objects.filter(ends_on=None).order_by("made_at").values_list("pk", flat=True)[:50])
    found = agreed_words(collaborative_ids=ids, at=at) if ids else {}
    plain = {name: _plain(row) for name, row in found.items()}
    return {name: Meaning(words=words, by=_("Everyone who helps you uses the word this way.")) for name, words in plain.items() if words}


def _plain(row: Agreed) -> str:
    return row.plain_es or row.plain if (get_language() or "").startswith("es") else row.plain
