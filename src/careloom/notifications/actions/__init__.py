"""Starts, fills, sends, corrects and withdraws notifications; batches the de-identified ones; hands identified ones to those who must act."""

from careloom.notifications.actions.batch import run_batch
from careloom.notifications.actions.counts import refresh_counts
from careloom.notifications.actions.deliver import deliver_identified
from careloom.notifications.actions.draft import Conflict, save_facts, start_notification
from careloom.notifications.actions.send import NotReady, Sent, Told, correct, receipts_of, send_notification, withdraw

__all__ = [
    "Conflict",
    "NotReady",
    "Sent",
    "Told",
    "correct",
    "deliver_identified",
    "receipts_of",
    "refresh_counts",
    "run_batch",
    "save_facts",
    "send_notification",
    "start_notification",
    "withdraw",
]
