"""What the boards do with every event."""

from houqin.cockpit.moments import note_event, note_import
from houqin.kernel.trail.wiring import Effects

EFFECTS: Effects = {
    "*": [note_event],
    "import.done": [note_import],
}
