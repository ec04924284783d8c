"""A house with a policy of its own, for tests that need another value than the declared one."""

from datetime import UTC, datetime

from houqin.kernel.people.models import the_house
from houqin.kernel.policies.actions import change_policy
from houqin.kernel.timekeeping import turned_to


def put(policy, value):
    """Let `policy` have been `value` for as long as any test looks back."""
    with turned_to(datetime(2020, 1, 1, tzinfo=UTC)):
        change_policy(the_house(), policy, value=value, reason="test")
