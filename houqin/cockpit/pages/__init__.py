"""The pages of the cockpit: the menu, the lists behind figures, the board, the wall."""

from houqin.cockpit import events
from houqin.cockpit.pages import menu
from houqin.cockpit.pages.board import board_of
from houqin.cockpit.pages.cost_rows import COST_ROWS
from houqin.cockpit.pages.figures import FIGURES
from houqin.cockpit.pages.rows import ROWS
from houqin.cockpit.pages.wall import wall_of

__all__ = ["COST_ROWS", "FIGURES", "ROWS", "board_of", "events", "menu", "wall_of"]
