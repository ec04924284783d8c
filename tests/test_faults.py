"""The faults that `.ci/faults.py` sows can still be sown: the line of each stands in its file, once."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_each_fault_has_its_line(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / ".ci")
    import faults  # noqa: PLC0415  is no package and not on the path otherwise

    sys.modules.pop("faults")
    texts = {fault.name: (ROOT / fault.file).read_text("utf-8") for fault in faults.FAULTS}
    gone = [fault.name for fault in faults.FAULTS if texts[fault.name].count(fault.right) != 1]
    assert not gone
