"""The whole API against its own document: what fits it, what does not, by a person's and a service's token.

What does not fit is refused alike whoever asks, so in a check a service sends only what fits. EFFORT=100 asks
each operation three hundred times in either way; without it as often as a check has time for.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks

from houqin.kernel.people.actions import grant_role
from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.tokens.actions import approve_service, make_service
from houqin.ui.api.openapi import document
from tests.api.conftest import token_of
from tests.effort import EFFORT, times

pytestmark = pytest.mark.engine
OFTEN = times(3)
# Beside what is always checked (no 500, known status, content type, headers, body as the schema says). Not:
# that all that fits is taken, since the house has rules that no schema tells (a state, a place, a due time).
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


@pytest.fixture
def schema():
    parsed = schemathesis.openapi.from_dict(document("en"))
    parsed.app = get_wsgi_application()
    for signal in (
        request_started,
        request_finished,
    ):  # they close the connection that the test runs in
        signal.disconnect(close_old_connections)
    yield parsed
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secrets(cast, settings):
    """A token of the manager, and one of a service account that is a coordinator."""
    settings.API_REQUESTS_PER_MINUTE = 10**9
    for username, role in [("sys", "system_admin"), ("sec", "security_admin")]:
        grant_role(cast.person(username, username, cast.hq), role)
    service = make_service(
        cast.sys, username="svc-oa", name="OA", purpose="OA", roles=["coordinator"], place=cast.near
    )
    approve_service(cast.sec, service)
    return {"personal": token_of(cast.lin), "service": token_of(service.user)}


@pytest.fixture
def known(cast, tmp_path, settings):
    """The keys of things that are there, so that not every call ends with 404."""
    settings.MEDIA_ROOT = tmp_path
    hook = Hook.objects.create(
        name="群", kind="wecom", url="http://127.0.0.1:9/", events=["demand.*"]
    )
    order = cast.order()
    return {"number": order.subject.number, "order": order.number, "hook": hook.pk}


@pytest.mark.long
@pytest.mark.parametrize("whose", ["personal", "service"])
def test_whatever_is_sent_the_answer_is_as_the_document_says(whose, schema, secrets, known):
    headers = {"Authorization": f"Bearer {secrets[whose]}"}
    wrong = []
    for nth, offered in enumerate(schema.get_all_operations()):
        operation = offered.ok()
        for mode in modes_of(whose):
            try:
                ask(operation, mode, headers, known, nth)
            except (FailureGroup, Failure) as failure:
                wrong.append(f"{operation.label}, {mode}: {failure}"[:900])
    assert not wrong, "\n\n".join(wrong)


def modes_of(whose):
    everything = whose == "personal" or EFFORT > 1
    return list(GenerationMode) if everything else [GenerationMode.POSITIVE]


def ask(operation, mode, headers, known, nth):
    keys = keys_of(operation, known) if mode.is_positive else {}

    @seed(nth)
    @settings(
        max_examples=OFTEN, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(mode, path_parameters=keys or None))
    def each(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    each()


def keys_of(operation, known):
    if "{number}" in operation.path:
        return {"number": known["order" if operation.path.startswith("/orders") else "number"]}
    if "{pk}" in operation.path and "deliveries" in operation.path:
        return {"pk": Delivery.objects.first().pk}
    return {"code": "hvac"} if "{code}" in operation.path else {}
