"""What an executor does at the place: arrive, tick off steps, name the fault, have it signed for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import Demand
from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.files.models import Attachment
from houqin.work.orders.actions import (
    finish_order,
    hold_order,
    resume_order,
    seed_fault_codes,
    start_order,
)
from houqin.work.orders.models import FaultCode, StepDone, WorkOrder
from houqin.work.orders.reports import worked_minutes
from tests.cast import NOW, later, picture
from tests.paper.reading import words
from tests.work.test_verbs import brought_to, speak

STEPS = ["断电挂牌", "冷凝水盘已疏通", "（选做）拍下铭牌"]


def with_steps(cast, **demands):
    """An order of a catalogue entry that demands something, working unless told otherwise."""
    Entry.objects.filter(code="hvac").update(**({"steps": STEPS} | demands))
    return cast.order()


def working(cast, as_user, **demands):
    return brought_to(cast, as_user, with_steps(cast, **demands), "accept", "start")


@pytest.mark.parametrize("place", ["room", "building"])
def test_the_code_of_the_place_shows_that_one_has_come(cast, as_user, place):
    order = brought_to(cast, as_user, cast.order(), "accept")
    with turned_to(later(minutes=30)):
        answer = speak(as_user(cast.wang), order, "arrive", code=getattr(cast, place).label.upper())
    order.refresh_from_db()
    assert answer.status_code == 302
    assert (order.status, order.arrived_at, order.arrived_by_code) == (
        "working",
        later(minutes=30),
        True,
    )
    assert Demand.objects.get().status == "working"
    assert "已扫码到场" in as_user(cast.wang).get(order.get_absolute_url()).content.decode()


def test_arriving_without_the_code_is_marked_so_and_the_code_may_follow(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept", "start")
    assert (order.arrived_at, order.arrived_by_code) == (NOW, False)
    assert "已到场，没有扫码" in as_user(cast.wang).get(order.get_absolute_url()).content.decode()
    with turned_to(later(minutes=5)):
        speak(as_user(cast.wang), order, "arrive", code=cast.room.label)
    order.refresh_from_db()
    assert (order.arrived_at, order.arrived_by_code) == (NOW, True)
    assert speak(as_user(cast.wang), order, "arrive", code=cast.room.label).status_code == 409


def test_a_code_of_somewhere_else_shows_nothing(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept")
    for place in (cast.far_room, cast.near):  # a campus is too large to be arrived at
        answer = speak(as_user(cast.wang), order, "arrive", code=place.label)
        assert answer.status_code == 409
        assert place.short_name in answer.content.decode()
    for code in ("", "nosuchcode"):
        assert speak(as_user(cast.wang), order, "arrive", code=code).status_code == 422
    assert WorkOrder.objects.get().arrived_at is None


def test_whoever_is_given_the_order_afterwards_has_to_come_anew(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept", "start")
    hold_order(cast.wang, order, reason="parts")
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    speak(as_user(cast.chen), order, "reassign", to=to, reason="换人")
    order.refresh_from_db()
    assert (order.arrived_at, order.arrived_by_code) == (None, False)


def test_the_page_behind_the_code_offers_to_arrive_where_one_has_work(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept")
    for place, offered in ((cast.room, True), (cast.building, True), (cast.far_room, False)):
        page = as_user(cast.wang).get(f"/at/{place.label}/").content.decode()
        assert (f"/orders/{order.number}/arrive/" in page) == offered
    assert order.number not in as_user(cast.zhao).get(f"/at/{cast.room.label}/").content.decode()


def test_steps_are_ticked_off_in_the_words_they_had(cast, as_user):
    order = working(cast, as_user)
    Entry.objects.filter(code="hvac").update(steps=["全新的步骤"])
    with turned_to(later(minutes=12)):
        assert speak(as_user(cast.wang), order, "tick", step=2).status_code == 302
        assert (
            speak(as_user(cast.wang), order, "tick", step=2).status_code == 302
        )  # sent twice, done once
    done = StepDone.objects.get()
    assert (done.words, done.by, done.at) == ("冷凝水盘已疏通", cast.wang, later(minutes=12))
    assert Event.objects.filter(name="order.ticked").count() == 1
    assert "1 / 3" in as_user(cast.chen).get(order.get_absolute_url()).content.decode()
    speak(as_user(cast.wang), order, "tick", step=2, undo="on")
    assert not StepDone.objects.exists()


def test_a_tick_answers_with_the_list_and_the_bar_alone(cast, as_user):
    order = working(cast, as_user)
    url = f"/orders/{order.number}/tick/"
    part = as_user(cast.wang).post(url, {"step": 1}, HTTP_HX_REQUEST="true").content.decode()
    assert 'id="order-steps"' in part
    assert 'id="action-bar" hx-swap-oob="true"' in part
    assert "<html" not in part


@pytest.mark.parametrize(("step", "status"), [("9", 409), ("0", 422), ("x", 422), ("", 422)])
def test_a_step_that_does_not_exist_is_refused(cast, as_user, step, status):
    order = working(cast, as_user)
    assert speak(as_user(cast.wang), order, "tick", step=step).status_code == status


def test_work_is_not_finished_while_a_step_that_must_be_done_is_open(cast, as_user):
    order = working(cast, as_user)
    speak(as_user(cast.wang), order, "tick", step=1)
    assert "还差 1 步必做" in as_user(cast.wang).get(order.get_absolute_url()).content.decode()
    answer = speak(as_user(cast.wang), order, "finish", result="好了")
    assert answer.status_code == 409
    assert "冷凝水盘已疏通" in answer.content.decode()
    speak(as_user(cast.wang), order, "tick", step=2)
    assert (
        speak(as_user(cast.wang), order, "finish", result="好了").status_code == 302
    )  # the third may be left


def test_the_person_met_signs_where_the_catalogue_demands_it(cast, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    order = working(cast, as_user, steps=[], met_signs=True)
    assert speak(as_user(cast.wang), order, "finish", result="好了").status_code == 422
    with pytest.raises(Refused, match="现场接待人"):
        finish_order(cast.wang, order, result="好了")
    drawn = {"met_name": "前台小周", "met_drawing": DRAWING}
    assert speak(as_user(cast.wang), order, "finish", result="好了", **drawn).status_code == 302
    order.refresh_from_db()
    assert order.met_name == "前台小周"
    assert Attachment.objects.of(order).get().tag == "signature"
    assert (
        "现场接待人 前台小周 签字"
        in as_user(cast.chen).get(order.get_absolute_url()).content.decode()
    )


def test_a_drawing_that_is_no_picture_is_a_form_error(cast, as_user):
    order = working(cast, as_user, steps=[], met_signs=True)
    drawn = {"met_name": "前台小周", "met_drawing": "data:image/png;base64,bm90aGluZw=="}
    answer = speak(as_user(cast.wang), order, "finish", result="好了", **drawn)
    assert answer.status_code == 422


DRAWING = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
    "rkJggg=="
)


def test_the_fault_is_named_by_a_word_or_a_code_of_the_trade(cast, as_user):
    seed_fault_codes()
    order = working(cast, as_user, steps=[])
    page = as_user(cast.wang).get(f"/orders/{order.number}/finish/").content.decode()
    assert "滤网脏堵" in page
    assert "跳闸" not in page  # another trade's
    answers = {"symptom": "不制热", "cause": "1-6-VALVE", "remedy": ""}
    assert speak(as_user(cast.wang), order, "finish", result="好了", **answers).status_code == 302
    order.refresh_from_db()
    assert (order.symptom.code, order.cause.name, order.remedy) == ("loo-heat", "阀门卡死", None)
    assert "阀门卡死" in as_user(cast.chen).get(order.get_absolute_url()).content.decode()


def test_a_word_that_no_code_has_is_a_form_error_and_stays_typed(cast, as_user):
    seed_fault_codes()
    order = working(cast, as_user, steps=[])
    answer = speak(as_user(cast.wang), order, "finish", result="好了", symptom="冒烟")
    assert answer.status_code == 422
    assert "没有这个代码" in answer.content.decode()
    assert 'value="冒烟"' in answer.content.decode()


def test_the_time_worked_is_proposed_without_the_holds(cast, as_user):
    order = brought_to(cast, as_user, cast.order(), "accept")
    start_order(cast.wang, order)
    with turned_to(later(minutes=40)):
        hold_order(cast.wang, order, reason="parts")
    with turned_to(later(hours=5)):
        resume_order(cast.wang, order)
    assert worked_minutes(order, later(hours=5, minutes=50)) == 90
    with turned_to(later(hours=5, minutes=50)):
        form = as_user(cast.wang).get(f"/orders/{order.number}/finish/").context["form"]
    assert (form["hours"].value(), form["minutes"].value()) == (1, 30)


def test_a_material_that_was_used_before_needs_its_name_and_quantity_only(cast, as_user):
    used = [{"name": "电磁阀 DN20", "quantity": 1, "unit": "只", "price_fen": 8650}]
    first = brought_to(cast, as_user, cast.order(), "accept", "start")
    finish_order(cast.wang, first, result="好了", materials=used)
    order = brought_to(cast, as_user, cast.order(), "accept", "start")
    row = {"materials-0-name": "电磁阀 DN20", "materials-0-quantity": "2"}
    assert speak(as_user(cast.wang), order, "finish", result="好了", **row).status_code == 302
    line = order.materials.get()
    assert (line.unit, line.price_fen, line.cost_fen) == ("只", 8650, 17300)


def test_the_order_form_on_paper_has_steps_codes_and_who_signed(cast, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seed_fault_codes()
    order = working(cast, as_user, steps=STEPS[:1], met_signs=True)
    speak(as_user(cast.wang), order, "tick", step=1)
    finish_order(
        cast.wang, order, result="好了", met="前台小周", met_signature=picture("s.png"),
        cause=FaultCode.objects.get(code="1-6-valve"),
    )  # fmt: skip
    text = words(as_user(cast.wang).get(f"/print/order/{order.number}/").content)
    for part in ("断电挂牌", "阀门卡死", "2026-11-2310:24（未扫码）"):
        assert part in text


def test_leads_keep_the_fault_codes(cast, as_user):
    client = as_user(cast.li)
    answers = {"kind": "cause", "name": "鼠咬", "code": "Own-Rat", "skill": cast.hvac.pk}
    assert client.post("/orders/codes/new/", answers).status_code == 302
    code = FaultCode.objects.get(code="own-rat")
    assert (
        client.post("/orders/codes/new/", answers | {"name": "x"}).status_code == 422
    )  # the code is taken
    assert (
        client.post("/orders/codes/new/", answers | {"code": "y"}).status_code == 422
    )  # so is the name
    assert client.post(f"/orders/codes/{code.pk}/", {"name": "老鼠咬断"}).status_code == 302
    assert client.post(f"/orders/codes/{code.pk}/switch/").status_code == 302
    code.refresh_from_db()
    assert (code.name, code.active) == ("老鼠咬断", False)
    assert list(FaultCode.objects.fitting(cast.hvac)) == []
    assert [event.name for event in Event.objects.about(code)] == ["fault_code.saved"] * 3


def test_others_do_not_keep_the_fault_codes(cast, as_user):
    for who in ("wang", "wu", "xu"):
        assert as_user(getattr(cast, who)).get("/orders/codes/").status_code == 403


def test_the_list_of_codes_asks_as_much_for_many_as_for_few(cast, as_user):
    client = as_user(cast.li)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/orders/codes/?view=cause").status_code == 200
        return len(queries)

    FaultCode.objects.create(kind="cause", code="x", name="x", skill=cast.hvac)
    few = asked()
    seed_fault_codes()
    assert asked() == few
