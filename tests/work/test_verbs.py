"""Every verb of a work order over HTTP: done, and refused with the sentence that a person can act on."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.files.models import Attachment
from houqin.work.orders.models import WorkOrder
from tests.cast import later, picture


def speak(client, order, verb, **data):
    return client.post(f"/orders/{order.number}/{verb}/", data)


def brought_to(cast, as_user, order, *verbs, **data):
    for verb in verbs:
        assert speak(as_user(cast.wang), order, verb, **data).status_code == 302
    order.refresh_from_db()
    return order


def clock(order, kind):
    return Clock.objects.get(target_id=order.subject_id, kind=kind)


def test_accepting_stops_the_response_clock_and_answers_with_the_order(cast, as_user):
    order = cast.order()
    with turned_to(later(minutes=20)):
        answer = speak(as_user(cast.wang), order, "accept")
    order.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, order.get_absolute_url())
    assert (order.status, order.executor, order.accepted_at) == (
        "accepted",
        cast.wang,
        later(minutes=20),
    )
    assert (clock(order, "response").result, clock(order, "response").stopped_at) == (
        "met",
        later(minutes=20),
    )
    assert Demand.objects.get().status == "responded"


def test_one_of_the_team_takes_what_was_offered_to_the_team(cast, as_user):
    order = cast.order(team=cast.team)
    assert speak(as_user(cast.zhao), order, "accept").status_code == 302
    assert speak(as_user(cast.wang), order, "accept").status_code == 403
    order.refresh_from_db()
    assert order.executor == cast.zhao


def test_a_second_acceptance_is_refused_by_the_state(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept")
    answer = speak(as_user(cast.wang), order, "accept")
    assert answer.status_code == 409
    assert "已接单" in answer.content.decode()


def test_handing_back_needs_a_reason_and_gives_the_request_back_to_the_desk(cast, as_user):
    order = cast.order()
    assert speak(as_user(cast.wang), order, "hand_back", reason=" ").status_code == 422
    assert speak(as_user(cast.wang), order, "hand_back", reason="要高压证").status_code == 302
    order.refresh_from_db()
    assert (order.status, Demand.objects.get().status) == ("handed_back", "graded")


def test_starting_puts_the_request_to_work(cast, as_user):
    brought_to(cast, as_user, cast.order(), "accept", "start")
    assert Demand.objects.get().status == "working"


@pytest.mark.parametrize(
    ("reason", "stops"), [("parts", True), ("requester", True), ("outside", False)]
)
def test_a_listed_reason_decides_whether_the_handling_clock_stops(cast, as_user, reason, stops):
    order = brought_to(cast, as_user, cast.order(), "accept", "start")
    assert (
        speak(as_user(cast.wang), order, "hold", reason=reason, note="周四到货").status_code == 302
    )
    assert (clock(order, "handling").paused_at is not None) is stops
    brought_to(cast, as_user, order, "resume")
    assert (order.status, clock(order, "handling").paused_at) == ("working", None)


def test_a_hold_without_a_listed_reason_is_a_form_error(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept")
    for wrong in ({}, {"reason": "holiday"}):
        assert speak(as_user(cast.wang), order, "hold", **wrong).status_code == 422
    page = as_user(cast.wang).get(f"/orders/{order.number}/hold/").content.decode()
    assert page.count("时钟暂停</span>") == 3
    assert page.count("时钟不停</span>") == 2


def test_photos_are_kept_with_what_they_show(cast, as_user):
    order = brought_to(cast, as_user, cast.order(photos=True), "accept")
    answer = speak(
        as_user(cast.wang), order, "photograph", before=[picture(), picture(colour="red")]
    )
    assert answer.status_code == 302
    assert list(Attachment.objects.of(order).values_list("tag", flat=True)) == ["before", "before"]
    assert "还差处理后照片" in as_user(cast.wang).get(order.get_absolute_url()).content.decode()
    told = Event.objects.about(order).get(name="order.photographed")
    assert (told.actor, told.facts["count"]) == (cast.wang, 2)


@pytest.mark.parametrize("wrong", [{}, {"after": "x"}], ids=["none", "not a file"])
def test_photographing_without_a_photo_is_a_form_error(cast, as_user, wrong):
    order = brought_to(cast, as_user, cast.order(), "accept")
    assert speak(as_user(cast.wang), order, "photograph", **wrong).status_code == 422


def test_a_broken_picture_is_a_form_error(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept")
    broken = picture()
    broken.seek(40)
    broken.truncate()
    assert speak(as_user(cast.wang), order, "photograph", after=broken).status_code == 422
    assert not Attachment.objects.exists()


def test_finishing_writes_what_it_took_and_waits_for_the_signature(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept", "start")
    spent = {
        "result": "二通阀已换新", "hours": "2", "minutes": "30", "outside": "180.50",
        "materials-0-name": "二通阀", "materials-0-quantity": "1.5", "materials-0-unit": "只",
        "materials-0-price": "218.00", "materials-3-name": "生料带", "materials-3-quantity": "2",
        "materials-3-unit": "卷",
    }  # fmt: skip
    assert speak(as_user(cast.wang), order, "finish", **spent).status_code == 302
    order.refresh_from_db()
    assert (order.status, order.labour_minutes, order.outside_fen) == ("done", 150, 18050)
    lines = [
        (material.name, material.quantity, material.unit, material.price_fen)
        for material in order.materials.order_by("pk")
    ]
    assert lines == [("二通阀", Decimal("1.5"), "只", 21800), ("生料带", Decimal(2), "卷", 0)]
    assert order.cost_fen == 18050 + 32700
    WorkOrder.objects.update(material_fen=0)  # as it was before it was kept
    import_module("houqin.work.orders.migrations.0002_material_costs").add_up(apps, None)
    order.refresh_from_db()
    assert order.cost_fen == 18050 + 32700
    assert Demand.objects.get().status == "done"
    page = as_user(cast.wang).get(order.get_absolute_url()).content.decode()
    assert "¥507.50" in page
    assert "2 时 30 分" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"result": ""}, "field__error"),
        ({"minutes": "75"}, "59"),
        ({"outside": "1.005"}, "2"),
        ({"outside": "-1"}, "0"),
        ({"materials-1-name": "阀"}, "第 2 行的数量"),
        (
            {"materials-4-name": "阀", "materials-4-quantity": "0", "materials-4-unit": "只"},
            "第 5 行的数量",
        ),
        ({"materials-0-quantity": "1", "materials-0-unit": "只"}, "第 1 行的材料"),
    ],
)
def test_a_wrong_finish_says_where_and_keeps_what_was_typed(cast, as_user, wrong, told):
    order = brought_to(cast, as_user, cast.order(), "accept", "start")
    answer = speak(as_user(cast.wang), order, "finish", **{"result": "好了", "hours": "7"} | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="7"' in page
    order.refresh_from_db()
    assert (order.status, order.materials.count()) == ("working", 0)


def test_demanded_photos_can_be_given_while_finishing(cast, as_user):
    order = brought_to(cast, as_user, cast.order(photos=True), "accept", "start")
    assert speak(as_user(cast.wang), order, "finish", result="好了").status_code == 422
    brought_to(cast, as_user, order, "photograph", before=picture())
    assert (
        speak(as_user(cast.wang), order, "finish", result="好了", before=picture()).status_code
        == 422
    )
    assert (
        speak(as_user(cast.wang), order, "finish", result="好了", after=picture()).status_code
        == 302
    )
    assert sorted(Attachment.objects.of(order).values_list("tag", flat=True)) == ["after", "before"]


def test_the_button_of_finishing_says_which_photo_is_missing(cast, as_user):
    order = brought_to(cast, as_user, cast.order(photos=True), "accept", "start", before=picture())
    page = as_user(cast.wang).get(order.get_absolute_url()).content.decode()
    assert "还差处理前、处理后照片" in page
    brought_to(cast, as_user, order, "photograph", before=picture(), after=picture())
    assert "还差" not in as_user(cast.wang).get(order.get_absolute_url()).content.decode()


def test_reassigning_needs_somebody_and_a_reason(cast, as_user):
    order = cast.order()
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    for wrong in (
        {"to": to},
        {"reason": "请假"},
        {"to": "member-0", "reason": "请假"},
        {"to": "x", "reason": "y"},
    ):
        assert speak(as_user(cast.chen), order, "reassign", **wrong).status_code == 422
    assert speak(as_user(cast.chen), order, "reassign", to=to, reason="请假").status_code == 302
    order.refresh_from_db()
    assert (order.status, order.executor, order.team) == ("offered", cast.zhao, cast.team)
    assert "改派给 赵师傅" in as_user(cast.chen).get(order.get_absolute_url()).content.decode()


def test_an_order_can_be_given_to_a_whole_team(cast, as_user):
    order = cast.order()
    speak(as_user(cast.li), order, "reassign", to=f"team-{cast.team.pk}", reason="谁有空谁去")
    order.refresh_from_db()
    assert (order.executor, order.team) == (None, cast.team)
    assert order.title in as_user(cast.zhao).get("/orders/mine/?view=offered").content.decode()


def test_whoever_has_the_order_is_not_proposed_again(cast, as_user):
    page = as_user(cast.chen).get(f"/orders/{cast.order().number}/reassign/").content.decode()
    assert f"member-{cast.team.crew.get(user=cast.zhao).pk}" in page
    assert f"member-{cast.team.crew.get(user=cast.wang).pk}" not in page


def test_cancelling_needs_a_reason_and_frees_the_request(cast, as_user):
    order = cast.order()
    assert speak(as_user(cast.chen), order, "cancel").status_code == 422
    assert speak(as_user(cast.chen), order, "cancel", reason="重复").status_code == 302
    order.refresh_from_db()
    assert (order.status, Demand.objects.get().status) == ("cancelled", "graded")


def test_a_verb_spoken_through_htmx_sends_the_page_on(cast, as_user):
    order = cast.order()
    answer = as_user(cast.wang).post(
        f"/orders/{order.number}/accept/", {"next": "/orders/mine/"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/orders/mine/")


def test_nobody_is_sent_to_a_foreign_house(cast, as_user):
    answer = speak(as_user(cast.wang), cast.order(), "accept", next="https://elsewhere.example/")
    assert answer.url == WorkOrder.objects.get().get_absolute_url()


def test_a_verb_that_does_not_exist_is_not_found(cast, as_user):
    assert speak(as_user(cast.wang), cast.order(), "explode").status_code == 404
