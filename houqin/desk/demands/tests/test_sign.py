import base64
import hashlib
from io import BytesIO

from PIL import Image

from houqin.desk.demands.actions import deem_demand, dispatch_demand
from houqin.desk.demands.models import Acceptance, Rating
from houqin.work.orders.actions import accept_order, finish_order, start_order


def drawn():
    out = BytesIO()
    Image.new("RGB", (300, 120), "white").save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def test_the_requester_signs_by_hand_and_rates(desk, seeds):
    demand = desk.brought_to("done")
    answer = desk.speak(
        desk.wu,
        demand,
        "sign",
        signature_name="吴工",
        signature_drawing=drawn(),
        comment="很快",
        **seeds.stars,
    )
    assert answer.status_code == 302
    acceptance = Acceptance.objects.get(demand=demand)
    assert (acceptance.how, acceptance.signed_name, acceptance.round) == ("drawn", "吴工", 1)
    assert acceptance.signature
    assert acceptance.signature.tag == "signature"
    assert acceptance.digest == hashlib.sha256(acceptance.content.encode()).hexdigest()
    assert Rating.objects.get(demand=demand).comment == "很快"
    assert demand.status == "closed"


def test_a_typed_name_is_enough_and_silence_is_no_rating(desk):
    demand = desk.brought_to("done")
    assert desk.speak(desk.wu, demand, "sign", signature_name="吴工").status_code == 302
    assert demand.status == "accepted"
    assert Acceptance.objects.get(demand=demand).how == "typed"
    assert not Rating.objects.exists()


def test_the_head_of_the_department_signs_but_does_not_rate(desk):
    demand = desk.brought_to("done")
    page = desk.get(desk.luo, "demand_verb", demand.number, "sign")
    assert "speed" not in page.context["form"].fields
    assert desk.speak(desk.luo, demand, "sign", signature_name="罗经理").status_code == 302
    assert Acceptance.objects.get(demand=demand).signer == desk.luo


def test_the_page_shows_what_is_signed_for(desk):
    page = desk.get(desk.wu, "demand_verb", desk.brought_to("done").number, "sign").content.decode()
    assert "换了电动二通阀" in page
    assert "没修好，退回返工" in page
    assert "checked" not in page  # no star is chosen beforehand


def test_the_card_shows_the_signature_and_its_digest(desk):
    demand = desk.brought_to("accepted")
    page = desk.get(desk.chen, "demand", demand.number).content.decode()
    assert "键入姓名" in page
    assert Acceptance.objects.get(demand=demand).digest in page


def test_what_time_accepted_is_marked_as_such(desk):
    demand = desk.brought_to("done")
    deem_demand(demand)
    assert "视同验收。这不是好评" in desk.get(desk.wu, "demand", demand.number).content.decode()


def test_the_coordinator_may_not_sign(desk):
    demand = desk.brought_to("done")
    assert desk.speak(desk.chen, demand, "sign", signature_name="陈专员").status_code == 403
    assert demand.status == "done"


def test_others_do_not_see_it(desk):
    assert (
        desk.speak(desk.far, desk.brought_to("done"), "sign", signature_name="x").status_code == 404
    )


def test_not_before_it_is_done(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.wu, demand, "sign", signature_name="吴工").status_code == 409


def test_a_name_is_needed(desk):
    demand = desk.brought_to("done")
    answer = desk.speak(desk.wu, demand, "sign", signature_name="", signature_drawing="")
    assert answer.status_code == 422
    assert demand.status == "done"


def test_half_a_rating_is_asked_for_again(desk):
    demand = desk.brought_to("done")
    answer = desk.speak(desk.wu, demand, "sign", signature_name="吴工", speed=5)
    assert answer.status_code == 422
    assert "三项都打分" in answer.content.decode()
    assert demand.status == "done"


def test_words_without_stars_are_not_lost_in_silence(desk):
    demand = desk.brought_to("done")
    assert (
        desk.speak(desk.wu, demand, "sign", signature_name="吴工", comment="好").status_code == 422
    )


def test_a_drawing_that_is_no_picture_is_refused(desk):
    demand = desk.brought_to("done")
    script = "data:image/png;base64," + base64.b64encode(b"<script>alert(1)</script>").decode()
    for bad in (script, "data:image/png;base64,@@@"):
        assert (
            desk.speak(
                desk.wu, demand, "sign", signature_name="吴工", signature_drawing=bad
            ).status_code
            == 422
        )
    assert demand.status == "done"


def test_what_is_signed_for_before_its_review_is_not_reviewed_any_more(desk, seeds):
    demand = desk.submitted(claimed="urgent")
    dispatch_demand(desk.chen, demand, executor=desk.wang)
    accept_order(desk.wang, desk.order(demand))
    start_order(desk.wang, desk.order(demand))
    finish_order(
        desk.wang,
        desk.order(demand),
        result="关了阀",
        before=[seeds.photo()],
        after=[seeds.photo()],
    )
    assert desk.speak(desk.wu, demand, "sign", signature_name="吴工").status_code == 302
    assert demand.clocks.get(kind="review").result == "cancelled"
    assert (demand.status, demand.graded_at, demand.next_due_at) == ("accepted", None, None)
