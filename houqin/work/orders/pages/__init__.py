"""The pages of work orders: the list of those who run work, the list of those who do it, the card, the
menu."""

from houqin.work.orders.pages import navigation
from houqin.work.orders.pages.card import CARD
from houqin.work.orders.pages.codes import CODES, CODES_IN
from houqin.work.orders.pages.lists import MINE, ORDERS

__all__ = ["CARD", "CODES", "CODES_IN", "MINE", "ORDERS", "navigation"]
