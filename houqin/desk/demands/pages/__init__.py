"""The desk's pages as the mechanisms of the house draw them: the menu, the queue, the card with its verbs."""

from houqin.desk.demands.pages import navigation
from houqin.desk.demands.pages.card import CARD
from houqin.desk.demands.pages.queue import QUEUE

__all__ = ["CARD", "QUEUE", "navigation"]
