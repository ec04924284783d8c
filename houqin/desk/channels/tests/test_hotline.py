import pytest
from django.urls import reverse

from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Acceptance, Demand
from houqin.desk.demands.reports import alike_demands, similarity
from houqin.kernel.people.models import the_guest
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.orders.models import WorkOrder
from tests.cast import NOW

pytestmark = pytest.mark.engine


@pytest.fixture
def call(cast, as_user):
    """`call(who, **said)` is what somebody at the desk takes down."""

    def send(by=None, **answers):
        values = {"who": "吴工", "place": cast.room.pk, "entry": "cleaning", "title": "地上有蟑螂"}
        return as_user(by or cast.chen).post("/hotline/", values | {"claimed": "routine"} | answers)

    return send


@pytest.mark.parametrize("who", ["吴工", "wu", "5555"])
def test_a_caller_of_the_house_is_known_by_name_account_or_phone(cast, call, who):
    cast.wu.phone = "5555"
    cast.wu.save()
    answer = call(who=who)
    demand = Demand.objects.get()
    assert answer.url == f"/hotline/?done={demand.number}"
    assert (demand.requester, demand.raised_by, demand.channel) == (cast.wu, cast.chen, "hotline")
    assert (demand.phone, demand.department, demand.caller) == ("5555", cast.lab, "")


def test_the_number_is_there_to_be_read_aloud_and_the_form_is_fresh(cast, call, client):
    page = client.get(call().url).content.decode()
    assert f'<p class="said num">{Demand.objects.get().number}</p>' in page
    assert "地上有蟑螂" not in page.split('id="beside"')[0]


def test_a_caller_without_an_account_leaves_a_phone(cast, call):
    answer = call(who="张师傅", phone="")
    assert answer.status_code == 422
    assert "按外来人登记" in answer.content.decode()
    assert call(who="张师傅", phone="13900001111").status_code == 302
    demand = Demand.objects.get()
    assert (demand.requester, demand.caller, demand.phone) == (the_guest(), "张师傅", "13900001111")
    assert demand.raised_by == cast.chen


def test_of_two_with_one_name_the_account_is_asked_for(cast, call):
    cast.person("wu2", "吴工", cast.lab)
    answer = call()
    assert answer.status_code == 422
    assert "请填账号：wu、wu2" in answer.content.decode()
    assert call(person=cast.wu.pk).status_code == 302
    assert Demand.objects.get().requester == cast.wu


def test_the_questions_of_the_entry_are_asked(cast, call, client):
    answer = call(entry="plumbing")
    assert answer.status_code == 422
    assert "请回答“水是否还在流”" in answer.content.decode()
    assert call(entry="plumbing", ask_flowing="yes").status_code == 302
    assert Demand.objects.get().answers == {"flowing": True}
    asked = client.get(
        reverse("channels:hotline_questions"), {"entry": "plumbing"}
    ).content.decode()
    assert "水是否还在流" in asked
    assert "field__error" not in asked


def test_two_letters_find_people_and_former_callers(cast, call, client):
    call(who="张师傅", phone="13900001111")
    cast.submit()

    def found(words):
        return client.get(reverse("channels:hotline_people"), {"q": words}).json()["found"]

    assert found("吴") == []
    assert found("吴工")[0] == {
        "value": str(cast.wu.pk), "label": "吴工", "note": f"研发一部 · {cast.wu.phone} · wu",
        "fill": {"phone": cast.wu.phone, "place": str(cast.room.pk)},
    }  # fmt: skip
    assert [row["label"] for row in found("139")] == ["张师傅"]
    assert found("no")[:1] == []


def test_beside_the_form_stands_what_the_caller_waits_for(cast, call, client):
    mine = cast.submit(title="空调不制热")
    client.force_login(cast.ma)
    beside = client.get(reverse("channels:hotline_beside"), {"person": cast.wu.pk}).content.decode()
    assert mine.number in beside
    answers = {"place": cast.room.pk, "entry": "hvac", "title": "空调不热了"}
    assert (
        "可能已经有人报过"
        in client.get(reverse("channels:hotline_beside"), answers).content.decode()
    )


def test_what_is_likely_the_same_is_ranked_and_says_why(cast, entry):
    hvac = entry("hvac")
    same = cast.submit(title="502 会议室空调不制热")
    near = cast.submit(title="风口有异味", place=cast.building)
    cast.submit(title="502 会议室空调不制热", place=cast.far_room)
    cast.submit(title="地毯脏了", entry="cleaning", place=cast.building)
    results = alike_demands(hvac, cast.room, "会议室空调不热", at=NOW)
    assert [row.demand for row in results] == [same, near]
    assert results[0].why[:2] == ["同一地点", "同一服务项"]
    assert results[0].why[2].startswith("说法相近")
    assert similarity("空调不制热", "空调不制热！") == 1
    assert similarity("空调", "门锁") == 0


def test_of_what_one_may_not_see_only_that_it_is_being_done_is_told(cast, as_user):
    other = cast.submit(title="有蟑螂", entry="cleaning", actor=cast.meng)
    answers = {"place": cast.room.pk, "title": "有蟑螂"}
    page = as_user(cast.wu).get("/demands/new/cleaning/alike/", answers).content.decode()
    assert "另有 1 件同类的正在办" in page
    assert other.number not in page


def test_before_sending_one_is_told_and_may_send_all_the_same(cast, as_user):
    cast.submit(title="有蟑螂", entry="cleaning", actor=cast.meng)
    client = as_user(cast.wu)
    answers = {"place": cast.room.pk, "title": "有蟑螂", "claimed": "routine"}
    answer = client.post("/demands/new/cleaning/", answers)
    assert answer.status_code == 422
    assert 'name="anyway"' in answer.content.decode()
    assert client.post("/demands/new/cleaning/", answers | {"anyway": "1"}).status_code == 302


def test_one_follows_what_one_may_see_instead_of_sending_it_again(cast, as_user):
    seen = cast.submit(title="有蟑螂", entry="cleaning", actor=cast.meng)
    client = as_user(cast.li)
    assert (
        client.post(f"/demands/{seen.number}/follow/", {"title": "有蟑螂"}).url
        == seen.get_absolute_url()
    )
    assert client.post(f"/demands/{seen.number}/follow/").status_code == 302
    assert seen.watchers.get().user == cast.li
    assert as_user(cast.wu).post(f"/demands/{seen.number}/follow/").status_code == 404


@pytest.fixture
def done(cast, call):
    """The demand of a caller without an account, finished."""
    call(who="张师傅", phone="13900001111")
    demand = Demand.objects.get()
    desk.grade_demand(cast.chen, demand, grade="routine")
    desk.dispatch_demand(cast.chen, demand, executor=cast.wang)
    for do in (accept_order, start_order):
        do(cast.wang, WorkOrder.objects.get())
    finish_order(cast.wang, WorkOrder.objects.get(), result="投放饵剂")
    return Demand.objects.get()


def test_the_coordinator_signs_for_a_caller_and_says_how_it_was_confirmed(cast, as_user, done):
    url = done.get_absolute_url()
    client = as_user(cast.chen)
    assert client.post(f"{url}sign_for/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}sign_for/", {"reason": "电话回访，说没有虫了"}).status_code == 302
    acceptance = Acceptance.objects.get()
    assert (acceptance.how, acceptance.signer, acceptance.signed_name) == (
        "typed",
        cast.chen,
        "张师傅",
    )
    assert acceptance.on_behalf == "电话回访，说没有虫了"
    page = client.get(url).content.decode()
    assert "陈专员 代签" in page
    assert "电话回访，说没有虫了" in page


def test_the_coordinator_sends_it_back_for_a_caller_who_is_not_content(cast, as_user, done):
    url = done.get_absolute_url()
    assert as_user(cast.chen).post(f"{url}refuse_for/", {"reason": "还有"}).status_code == 302
    assert Demand.objects.get().round == 2


def test_nobody_signs_for_somebody_who_has_an_account(cast, as_user):
    order = cast.order()
    for do in (accept_order, start_order):
        do(cast.wang, WorkOrder.objects.get(pk=order.pk))
    finish_order(cast.wang, WorkOrder.objects.get(), result="ok")
    url = order.subject.get_absolute_url()
    assert as_user(cast.chen).post(f"{url}sign_for/", {"reason": "x"}).status_code == 409
    assert as_user(cast.wu).post(f"{url}sign_for/", {"reason": "x"}).status_code == 403
