"""The outbox: events are written in the transaction of the action and delivered after its commit, at least once.

Import `publish`, `subscribe` and `deliver_pending` from `careloom.infra.events.outbox` (models load with the app registry).
"""
