"""Measures the product on itself: loads worlds of a given size, drives the running web processes, prints one JSON line per figure.

Owns no behavior of the product and is imported by none of it.
"""
