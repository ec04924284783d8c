"""Every card that follows from its list keeps what it declares; a new one is walked without a line here."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from houqin.ui.api.derived import row_schema, tell_row
from houqin.ui.cards import CARDS
from houqin.ui.fields import PersonField
from houqin.ui.lists import facts_of
from houqin.ui.routes import addresses
from tests.api.conftest import Caller, token_of
from tests.cast import NOW, as_user, cast, picture

__all__ = ["as_user", "cast"]
DERIVED = {card.name: card for card in CARDS if card.listing}
each = pytest.mark.parametrize("name", sorted(DERIVED))


@pytest.fixture
def shown(cast, name):
    """The card with its sample, as a whole-house manager is shown both."""
    cast.picture = picture
    card = DERIVED[name]
    (row,) = [address for address in addresses() if address.name == f"{card.app}:{card.name}"]
    stored = row.access.sample(cast)
    return card, card.model.objects.visible_to(cast.lin).with_all().get(pk=stored.pk)


@each
def test_its_page_shows_each_fact_of_its_columns_the_verbs_and_the_thread(cast, shown, as_user):
    card, obj = shown
    page = as_user(cast.lin).get(obj.get_absolute_url()).content.decode()
    facts = facts_of(card.listing, obj, NOW)
    assert facts
    for fact in facts:
        assert str(fact["label"]) in page
        assert str(fact["value"]) in page or escape(fact["value"]) in page
    for verb in obj.FLOW.open_to(cast.lin, obj):
        assert str(card.verbs[verb].label) in page
    assert f'href="{reverse(f"{card.app}:{card.name}s")}"' in page
    assert "还没有记录" not in page


@each
def test_its_form_begins_one_for_those_who_may_and_asks_again_for_what_is_missing(
    cast, shown, as_user
):
    card, _obj = shown
    url, listed = reverse(f"{card.app}:new_{card.name}"), reverse(f"{card.app}:{card.name}s")
    assert as_user(cast.lin).get(url).status_code == 200
    assert as_user(cast.lin).post(url).status_code == 422
    assert url in as_user(cast.lin).get(listed).content.decode()
    assert as_user(cast.wu).get(url).status_code == 403
    assert url not in as_user(cast.wu).get(listed).content.decode()


@each
def test_the_api_tells_one_as_the_list_does_with_what_the_caller_may_do(cast, shown):
    card, obj = shown
    told = Caller(token_of(cast.lin)).get(f"/{card.name.replace('_', '-')}s/{obj.number}").json()
    wanted = row_schema(card.listing, "Row")(**tell_row(card.listing, obj)).model_dump(mode="json")
    assert told.items() >= wanted.items()
    assert told["actions"] == [
        verb for verb in card.verbs if verb in obj.FLOW.open_to(cast.lin, obj)
    ]
    assert told["thread"]


def test_a_field_for_one_person_takes_a_name_or_an_account_and_may_be_left_out(cast):
    field = PersonField(required=False)
    assert [field.clean(name) for name in ("吴工", "wu", "")] == [cast.wu, cast.wu, None]
    assert field.prepare_value(cast.wu) == "wu"
