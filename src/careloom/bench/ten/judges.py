"""Cedar and OPA as they are asked fastest from Python: the policy parsed once, each question as JSON text, the determining rules in the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from careloom.kernel.disclosure import Actor, Category, Provenance, Purpose, Subject

HERE: Final = Path(__file__).parent
WORDS: Final = {"actors": Actor, "categories": Category, "purposes": Purpose, "subjects": Subject, "provenances": Provenance}
#: What our engine asks before any rule: the question is whole and its words are known.
WHOLE: Final = """
@id("not_whole")
forbid (principal, action, resource)
unless {{
  context.request has actor_org_type && {actors}.contains(context.request.actor_org_type)
  && context.request has category && {categories}.contains(context.request.category)
  && context.request has purpose && {purposes}.contains(context.request.purpose)
  && context.request has subject && {subjects}.contains(context.request.subject)
  && context.source has provenance && {provenances}.contains(context.source.provenance)
  && context.request has date && context.source has holder && !(["", " "].contains(context.source.holder))
  && context.request has actor_org && !(["", " "].contains(context.request.actor_org))
}};
"""


class Cedar:
    """cedarpy: many questions in one call, which is its fastest door."""

    def __init__(self, *, policy: str | None = None, whole: bool = False) -> None:
        import cedarpy

        text = (HERE / "part2.cedar").read_text() if policy is None else policy
        guard = WHOLE.format(**{name: json.dumps([word.value for word in words]) for name, words in WORDS.items()}) if whole else ""
        self._ask = cedarpy.is_authorized_batch
        self._policies = cedarpy.PolicySet.from_str(text + guard)
        self._entities = cedarpy.Entities.from_json_str("[]")
        self._asked = {kind.lower(): {"type": kind, "id": "x"} for kind in ("Principal", "Action", "Resource")}

    def answers(self, contexts: Sequence[str]) -> list[Any]:
        """cedarpy's own answers, each with its decision and the policies that it rests on."""
        return self._ask([{**self._asked, "context": text} for text in contexts], self._policies, self._entities)

    def determining(self, contexts: Sequence[str]) -> list[tuple[str, frozenset[str]]]:
        """The outcome and the names of the rules, once a question that is not whole is told as a denial by default."""
        told = []
        for answer in self.answers(contexts):
            names = frozenset(answer.diagnostics.id_annotations_by_reason.values())
            told.append(("permit" if answer.allowed else "deny", frozenset() if "not_whole" in names else names))
        return told


class Opa:
    """regorus behind opa-eval: one question in, one answer out, both as JSON text."""

    def __init__(self, *, policy: Path = HERE / "part2.rego", whole: bool = False) -> None:
        import opa_eval

        words = json.dumps({"words": {name: [word.value for word in words] for name, words in WORDS.items()}}) if whole else None
        query = "data.part2.whole_answer" if whole else "data.part2.answer"
        self.answer = opa_eval.OpaEval(str(policy), data_json=words, query=query).evaluate

    def determining(self, line: str) -> tuple[str, frozenset[str]]:
        """The outcome and the names of the rules."""
        told = json.loads(self.answer(line))
        return told["decision"], frozenset(told["rules"])
