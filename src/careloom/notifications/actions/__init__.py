"""Starts, fills, sends, corrects and withdraws notifications; batches the de-identified ones; hands identified ones to those who must act."""

from careloom.notifications.actions.amend import REASONS, correct, withdraw
from careloom.notifications.actions.batch import run_batch
from careloom.notifications.actions.counts import refresh_counts
from careloom.notifications.actions.deliver import deliver_identified
from careloom.notifications.actions.draft import Conflict, save_facts, start_notification
from careloom.notifications.actions.hand_over import colleagues, hand_over, offer
from careloom.notifications.actions.received import Answer, answer_received, give_to
from careloom.notifications.actions.send import NotReady, Sent, Told, receipts_of, send_notification

__all__ = [
    "REASONS",
    "Answer",
    "Conflict",
    "NotReady",
    "Sent",
    "Told",
    "answer_received",
    "colleagues",
    "correct",
    "deliver_identified",
    "give_to",
    "hand_over",
    "offer",
    "receipts_of",
    "refresh_counts",
    "run_batch",
    "save_facts",
    "send_notification",
    "start_notification",
    "withdraw",
]
