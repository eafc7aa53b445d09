"""Micro-worlds: a few children whose figures were worked out by hand, answered through the same definitions as the dashboard.

The form is that of ``shared/data/indicators/worlds.jsonl``; ``careloom outcomes worlds FILE|-`` writes one JSON line for each.
"""
