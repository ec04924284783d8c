"""docs/api-example.sh, that very file, against the running house: raised, followed, signed for."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from houqin.desk.demands.actions import dispatch_demand, grade_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders import actions as work
from tests.api.conftest import token_of
from tests.cast import NOW, Cast

SCRIPT = Path(settings.BASE_DIR) / "docs" / "api-example.sh"


def do_what_comes_in(cast, stop):
    """The desk and the technician at their work, until something is done."""
    try:
        while not stop.wait(0.1):
            for demand in Demand.objects.filter(status="submitted"):
                grade_demand(cast.chen, demand, grade="important")
                order = dispatch_demand(cast.chen, demand, executor=cast.wang)
                work.accept_order(cast.wang, order)
                work.start_order(cast.wang, order)
                work.finish_order(cast.wang, order, result="装好了")
    finally:
        connections.close_all()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
@pytest.mark.django_db(transaction=True)
def test_the_script_raises_follows_and_signs(live_server, running_clock):
    assert len(SCRIPT.read_text().splitlines()) <= 30
    running_clock(NOW)
    with turned_to(NOW):
        cast = Cast()
        secret = token_of(cast.wu, "demands:read", "demands:write")
    stop = threading.Event()
    staff = threading.Thread(target=do_what_comes_in, args=(cast, stop))
    staff.start()
    answers = {
        "HOUQIN": live_server.url,
        "TOKEN": secret,
        "PLACE": "BJ-2-502",
        "NAME": "吴工",
        "PAUSE": "0.3",
    }
    try:
        ran = subprocess.run(
            [SCRIPT], env=os.environ | answers, capture_output=True, text=True, timeout=60
        )
    finally:
        stop.set()
        staff.join()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    demand = Demand.objects.get()
    assert ran.stdout.splitlines()[0] == f"raised {demand.number}"
    assert ran.stdout.splitlines()[-1] == "closed"
    assert (demand.channel, demand.requester) == ("api", cast.wu)
    assert (demand.acceptances.get().signed_name, demand.acceptances.get().how) == ("吴工", "typed")
