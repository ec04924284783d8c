"""The pages of the cockpit: the menu, the lists behind figures, the board, the wall."""

from houqin.cockpit.pages import menu
from houqin.cockpit.pages.board import board_of
from houqin.cockpit.pages.figures import FIGURES
from houqin.cockpit.pages.rows import ROWS

__all__ = ["FIGURES", "ROWS", "board_of", "menu"]
