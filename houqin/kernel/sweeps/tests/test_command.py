from datetime import timedelta

import pytest
from django.core.management import call_command

from houqin.kernel.sweeps.registry import sweep


@pytest.mark.django_db
def test_the_command_runs_what_is_due_and_ends():
    runs = []

    @sweep(every=timedelta(hours=1), name="hourly")
    def hourly(now):
        runs.append(now)
        return 1

    call_command("worker", "--once")
    call_command("worker", "--once")
    assert len(runs) == 1
