"""YAML as packs need it: no key twice, and YES or NO stay words (YAML 1.1 reads them as booleans)."""

from __future__ import annotations

import re
from typing import Any

import yaml


class RepeatedKey(yaml.MarkedYAMLError):
    """A mapping has a key twice, so one of the two would be lost in silence."""


class StrictLoader(yaml.SafeLoader):
    """A safe loader that knows only true and false as booleans and refuses repeated keys."""


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise RepeatedKey(problem=f"the key {key} stands twice", problem_mark=key_node.start_mark)
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(text: str) -> object:
    """Parse one document."""
    return yaml.load(text, Loader=StrictLoader)
