"""An approval is found by whoever may see it: by its number, what it is about, what was said of it."""

import pytest
from django.urls import reverse

from houqin.shared.approvals.actions import approve_approval, comment_approval

pytestmark = pytest.mark.engine


@pytest.fixture
def find(client):
    def ask(person, words):
        client.force_login(person)
        answer = client.get(reverse("search"), {"q": words, "kind": "approval"})
        return [hit.shown.number for group in answer.context["groups"] for hit in group.hits]

    return ask


def test_an_approval_is_found_by_its_number_and_by_its_words(asked, house, rules, find):
    approval = asked(rules.manager)
    serial = str(int(approval.number.rsplit("-", 1)[1]))
    for words in (approval.number, f"sp-{serial}", approval.title, approval.owner.name):
        assert find(house.lin, words) == [approval.number]
    assert find(house.wu, approval.number) == [approval.number]  # who asks for it
    assert find(house.meng, approval.number) == []


def test_what_was_said_of_it_is_found_and_its_end_is_shown(asked, house, rules, find, client):
    approval = asked(rules.manager)
    comment_approval(house.lin, approval, comment="先看看去年的保修合同")
    assert find(house.lin, "保修合同") == [approval.number]
    approve_approval(house.lin, approval)
    assert find(house.lin, "保修合同") == [approval.number]
    assert "已同意" in client.get(reverse("search"), {"q": approval.number}).content.decode()
