"""What this box does with every event."""

from houqin.kernel.trail.wiring import Effects
from houqin.platform.search.actions import index_event

EFFECTS: Effects = {
    "*": [index_event],
}
