"""Reads packs from the packs folder into the kernel's dataclasses, once each."""

from careloom.infra.packs.reading import (
    PackNotFound,
    PackNotUsable,
    current_pack,
    list_packs,
    load_pack,
    packs_folder,
    validate_pack,
)

__all__ = [
    "PackNotFound",
    "PackNotUsable",
    "current_pack",
    "list_packs",
    "load_pack",
    "packs_folder",
    "validate_pack",
]
