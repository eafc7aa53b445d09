"""Webhooks: a registered system is told that something changed which it may read, by ids alone."""
