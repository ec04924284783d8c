"""The desk's pages as the mechanisms of the house draw them: the menu, the queue, the card with its verbs."""

from houqin.servicedesk.callbacks.pages import CARD as CALL_CARD
from houqin.servicedesk.pages import navigation
from houqin.servicedesk.pages.card import CARD
from houqin.servicedesk.pages.queue import QUEUE

__all__ = ["CALL_CARD", "CARD", "QUEUE", "navigation"]
