import pytest

from houqin.desk.channels.labels import label_url, thing_at
from houqin.desk.channels.panels import PANELS, Panel
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Acceptance, Demand
from houqin.kernel.people.models import the_guest
from houqin.kernel.trail.models import Event
from houqin.platform.files.actions import attach
from houqin.platform.files.models import Attachment
from houqin.platform.notices.models import Notice
from houqin.shared.links.models import Link
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.orders.models import WorkOrder
from tests.cast import NOW, picture

REPORT = {
    "entry": "electrical",
    "report": "走廊的灯一闪一闪",
    "claimed": "important",
    "caller": "沈工",
}
REPORT |= {"phone": "138 0013 5127"}


@pytest.fixture
def scan(cast, client):
    """`scan(**answers)` is what somebody without an account sends from the code of room 502."""
    address = f"/at/{cast.room.label}/"
    return lambda **answers: client.post(
        address, REPORT | answers, REMOTE_ADDR=answers.get("sender", "10.0.0.7")
    )


@pytest.fixture
def link(scan):
    return scan().url


def brought_to_done(cast):
    demand = Demand.objects.get()
    desk.grade_demand(cast.chen, demand, grade="routine")
    order = desk.dispatch_demand(cast.chen, demand, executor=cast.wang, reason="他家就在隔壁")
    accept_order(cast.wang, order)
    start_order(cast.wang, WorkOrder.objects.get())
    pictures = {"before": [picture("b.jpg", "red")], "after": [picture("a.jpg", "green")]}
    finish_order(
        cast.wang, WorkOrder.objects.get(), result="换了镇流器", outside_fen=12345, **pictures
    )


def test_every_place_has_a_code_that_says_nothing_about_it(cast, settings):
    settings.SITE_URL = "https://houqin.example"
    assert len({cast.room.label, cast.building.label, cast.near.label}) == 3
    assert label_url(cast.room) == f"https://houqin.example/at/{cast.room.label}/"
    assert thing_at(cast.room.label.upper()) == cast.room
    assert thing_at("0" * 40) is None


def test_whoever_scans_sees_the_place_and_nothing_of_the_house(cast, client):
    cast.submit(title="机密项目室漏水")
    page = client.get(f"/at/{cast.room.label}/").content.decode()
    assert "502" in page
    assert "空调 1 件" in page
    for secret in ("机密项目室", "吴工", "XQ-", "申领", "需求队列"):
        assert secret not in page
    assert client.get("/at/nosuchcode/").status_code == 404


def test_a_report_without_an_account_becomes_a_request_like_any_other(cast, scan):
    answer = scan(photos=[picture()])
    demand = Demand.objects.get()
    assert (demand.requester, demand.caller, demand.phone) == (the_guest(), "沈工", "138 0013 5127")
    assert (demand.channel, demand.place, demand.status) == ("scan", cast.room, "submitted")
    assert (demand.title, demand.body, demand.claimed) == ("走廊的灯一闪一闪", "", "important")
    assert demand.clocks.filter(kind="handling").exists()
    assert Attachment.objects.of(demand).photos().count() == 1
    assert Notice.objects.filter(user=cast.chen).exists()
    assert answer.url.startswith("/follow/")
    assert Link.objects.get().digest not in answer.url


def test_a_long_story_keeps_every_word(scan):
    long = "走廊的灯一闪一闪。\n" * 20
    scan(report=long)
    demand = Demand.objects.get()
    assert len(demand.title) == 60
    assert demand.body == long.strip()


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"report": ""}, "请用一句话说明"), ({"caller": ""}, "请留下称呼"), ({"phone": "没有"}, "打得通的电话"),
     ({"entry": "stationery"}, "选择一个有效"), ({"website": "http://spam"}, "网址一格要留空")],
)  # fmt: skip
def test_what_is_missing_is_asked_for_in_words(scan, typed, words):
    answer = scan(**typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "138 0013 5127" in answer.content.decode() or "phone" in typed
    assert not Demand.objects.exists()


def test_who_reports_too_much_has_to_wait_and_loses_no_word(scan, settings):
    settings.HOTLINE = "6800"
    for nth in range(10):
        assert scan(sender=f"10.0.1.{nth}").status_code == 302
    answer = scan(report="第十一件")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "过 10 分钟再提交" in page
    assert "第十一件" in page
    assert "6800" in page
    assert Demand.objects.count() == 10


def test_one_sender_cannot_go_on_from_code_to_code(cast, client):
    for _nth in range(40):
        client.post(f"/at/{cast.room.label}/", {})
    assert client.post(f"/at/{cast.building.label}/", REPORT).status_code == 429


def test_the_link_tells_the_story_in_public_words(cast, client, link):
    desk.comment_demand(cast.chen, Demand.objects.get(), text="师傅十点到")
    desk.comment_demand(cast.chen, Demand.objects.get(), text="此人常投诉", inner=True)
    brought_to_done(cast)
    page = client.get(link).content.decode()
    for words in ("走廊的灯", "师傅十点到", "换了镇流器", "待验收", "您", "后勤", "签字"):
        assert words in page
    for secret in ("此人常投诉", "陈专员", "王师傅", "他家就在隔壁", "123.45", "GD-"):
        assert secret not in page


def test_the_guest_asks_again_signs_and_rates_through_the_link(cast, client, link):
    assert client.post(f"{link}comment/", {"text": "现在全黑了", "photos": [picture()]}).url == link
    brought_to_done(cast)
    stars = {"speed": "5", "attitude": "5", "solution": "4"}
    assert client.post(f"{link}sign/", {"signature_name": "沈工"} | stars).status_code == 302
    acceptance = Acceptance.objects.get()
    assert (acceptance.signer, acceptance.signed_name, acceptance.on_behalf) == (
        the_guest(),
        "沈工",
        "",
    )
    assert '"requester":"沈工"' in acceptance.content
    assert Demand.objects.get().status == "closed"
    assert "5 / 5" in client.get(link).content.decode()


def test_the_guest_sends_a_bad_result_back(cast, client, link):
    brought_to_done(cast)
    assert client.post(f"{link}refuse/", {"reason": ""}).status_code == 422
    assert client.post(f"{link}refuse/", {"reason": "还在闪"}).status_code == 302
    assert Demand.objects.get().round == 2


def test_the_link_opens_this_one_request_and_nothing_else(cast, client, scan, link):
    scan(report="别人的事")
    other = Demand.objects.order_by("pk").last()
    foreign = attach(cast.wu, cast.submit(), picture(), tag="scene", at=NOW)
    assert client.get("/follow/x/").status_code == 404
    assert "别人的事" not in client.get(link).content.decode()
    assert client.get(f"{link}photos/{foreign.pk}/").status_code == 404
    assert client.get(f"{link}grade/").status_code == 404
    for path in (
        other.get_absolute_url(),
        f"{link}../demands/",
        foreign.get_absolute_url(),
        "/demands/",
    ):
        assert client.get(path).status_code in (302, 404), path
    assert client.post(f"{link}sign/", {"signature_name": "沈工"}).status_code == 409


def test_the_guest_urges_and_is_told_when_two_reports_are_one(cast, client, link):
    assert client.post(f"{link}urge/", {"note": "快一点"}).status_code == 302
    other = cast.submit(title="走廊灯闪", entry="electrical")
    desk.merge_demand(cast.chen, Demand.objects.get(channel="scan"), into=other)
    page = client.get(link).content.decode()
    assert "快一点" in page
    assert "合在一起办" in page
    assert other.number not in page


def test_the_guest_completes_what_was_sent_back(cast, client, link):
    desk.send_back_demand(cast.chen, Demand.objects.get(), reason="哪一层的走廊？")
    page = client.get(link).content.decode()
    assert "哪一层的走廊？" in page
    assert f"{link}resubmit/" in page
    assert "哪一层的走廊？" in client.get(f"{link}resubmit/").content.decode()
    assert client.post(f"{link}resubmit/", {"title": ""}).status_code == 422
    answers = {"title": "三层走廊的灯一闪一闪", "body": "电梯口", "photos": [picture()]}
    assert client.post(f"{link}resubmit/", answers).url == link
    demand = Demand.objects.get()
    assert (demand.status, demand.title, demand.body) == ("submitted", answers["title"], "电梯口")
    assert Attachment.objects.of(demand).photos().count() == 1
    assert not demand.clocks.filter(pauses__ended_at=None, pauses__isnull=False).exists()


def test_the_desk_writes_down_what_a_caller_completes_by_phone(cast, as_user, scan):
    scan()
    demand, own = Demand.objects.get(), cast.submit()
    for row in (demand, own):
        desk.send_back_demand(cast.chen, row, reason="哪一层？")
    answers = {"title": "三层走廊的灯", "body": "电话里说的"}
    for_caller = f"{demand.get_absolute_url()}resubmit_for/"
    assert as_user(cast.li).post(for_caller, answers).status_code == 403
    assert "请打电话告诉对方" in as_user(cast.chen).get(demand.get_absolute_url()).content.decode()
    assert (
        as_user(cast.chen).post(f"{own.get_absolute_url()}resubmit_for/", answers).status_code
        == 409
    )
    assert as_user(cast.chen).post(for_caller, {"title": ""}).status_code == 422
    assert as_user(cast.chen).post(for_caller, answers).status_code == 302
    demand.refresh_from_db()
    assert (demand.status, demand.title) == ("submitted", "三层走廊的灯")


def test_the_guest_urges_and_withdraws_within_the_same_limits(cast, client, link):
    assert client.post(f"{link}urge/", {}).status_code == 302
    assert client.post(f"{link}urge/", {}).status_code == 409
    assert client.post(f"{link}withdraw/", {"reason": "自己好了"}).status_code == 302
    assert Demand.objects.get().status == "cancelled"
    assert client.post(f"{link}withdraw/", {}).status_code == 409


def test_who_lost_the_link_is_given_another_and_the_old_one_ends(
    cast, as_user, client, link, settings
):
    settings.SITE_URL = "https://houqin.example"
    demand = Demand.objects.get()
    asks = f"{demand.get_absolute_url()}link/"
    assert "https://houqin.example/follow/" not in as_user(cast.chen).get(asks).content.decode()
    page = as_user(cast.chen).post(asks)
    address = page.context["address"]
    assert page["Cache-Control"].startswith("max-age=0")
    assert page.content.decode().count(address) == 2
    client.logout()
    assert client.get(link).status_code == 404
    assert client.get(address.removeprefix("https://houqin.example")).status_code == 200
    event = Event.objects.get(name="demand.linked")
    assert (event.actor, event.facts) == (cast.chen, {})
    assert (
        "私人链接"
        not in client.get(address.removeprefix("https://houqin.example")).content.decode()
    )


def test_whoever_has_an_account_needs_no_link_and_not_everybody_gives_one(cast, as_user, link):
    own = cast.submit()
    assert as_user(cast.chen).post(f"{own.get_absolute_url()}link/").status_code == 409
    guests = f"{Demand.objects.get(channel='scan').get_absolute_url()}link/"
    assert as_user(cast.ma).post(guests).status_code == 403
    assert as_user(cast.meng).post(guests).status_code == 404
    assert Link.objects.count() == 1


def test_photos_of_the_request_open_by_the_link(client, scan):
    link = scan(photos=[picture()]).url
    photo = Attachment.objects.get()
    for size in ("photos", "thumbs"):
        answer = client.get(f"{link}{size}/{photo.pk}/")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"


def test_the_guest_can_never_sign_in(cast, client):
    guest = the_guest()
    assert not guest.is_active
    assert client.post("/signin/", {"username": guest.username, "password": ""}).status_code == 422
    client.force_login(guest)
    assert client.get("/").status_code == 302  # an inactive account is nobody


def test_who_has_signed_in_gets_the_catalogue_for_the_place(cast, as_user, monkeypatch):
    page = as_user(cast.wu).get(f"/at/{cast.room.label}/").content.decode()
    assert "这里要后勤办什么" in page
    assert f"/demands/new/hvac/?place={cast.room.code}" in page


def test_an_app_adds_its_panel_without_touching_the_page(cast, as_user, monkeypatch):
    toy = Panel("ui/_facts.html", {"facts": [{"label": "到场", "value": "王师傅"}]})
    monkeypatch.setattr("houqin.desk.channels.panels.PANELS", [*PANELS, lambda user, place: toy])
    answer = as_user(cast.wang).get(f"/at/{cast.room.label}/")
    assert answer.context["panels"] == [toy]
