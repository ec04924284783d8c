"""What an office files: the printed forms, read back from their PDF."""

import pytest

from houqin.desk.demands.actions import rate_demand, sign_demand
from houqin.platform.paper.printing import fonts
from houqin.work.orders.actions import accept_order, finish_order, start_order
from tests.cast import later, picture
from tests.naughty import NAUGHTY
from tests.paper.reading import codes, pages, squeezed, words


@pytest.fixture
def done(cast, settings, tmp_path):
    """A request that was done with materials and photos, and waits for its signature."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_URL = "https://houqin.example.org"
    order = cast.order(body="出风口滴水，下午有客户。", answers={"symptom": "不制热"})
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    used = [{"name": "电磁阀 DN20", "quantity": 2, "unit": "只", "price_fen": 8650}]
    finish_order(
        cast.wang, order, result="换电磁阀，清洗滤网", labour_minutes=90, materials=used, outside_fen=21300,
        before=[picture()], after=[picture("after.jpg", "red")],
    )  # fmt: skip
    order.refresh_from_db()
    return order


def printed(client, key, *things):
    answer = client.get(f"/print/{key}/{','.join(thing.number for thing in things)}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


def test_the_request_on_paper_says_what_was_asked_for_and_opens_by_its_code(cast, as_user, done):
    demand = done.subject
    content = printed(as_user(cast.wu), "demand", demand)
    text = words(content)
    for part in (
        "需求单",
        demand.number,
        "502 会议室空调不制热",
        "出风口滴水",
        "不制热",
        "吴工",
        "研发一部",
    ):
        assert squeezed(part) in text
    assert codes(content) == [f"https://houqin.example.org{demand.get_absolute_url()}"]


def test_the_order_on_paper_says_what_was_done_and_what_it_cost(cast, as_user, done):
    content = printed(as_user(cast.wang), "order", done)
    text = words(content)
    for part in (
        "派工单",
        done.number,
        done.subject.number,
        "王师傅",
        "换电磁阀",
        "电磁阀 DN20",
        "1 时 30 分",
    ):
        assert squeezed(part) in text
    for part in ("86.50", "173.00", "213.00", "¥386.00", "叁佰捌拾陆元整", "处理前"):
        assert squeezed(part) in text
    assert codes(content) == [f"https://houqin.example.org{done.get_absolute_url()}"]


def test_an_order_that_is_not_done_is_printed_with_room_to_write(cast, as_user):
    text = words(printed(as_user(cast.wang), "order", cast.order()))
    assert "处理结果" in text
    assert "执行人签字" in text
    assert "合计大写" not in text


def test_the_acceptance_on_paper_carries_signature_stars_and_digest(cast, as_user, done):
    demand = done.subject
    assert "SHA-256" not in words(
        printed(as_user(cast.wu), "acceptance", demand)
    )  # to be signed by hand
    acceptance = sign_demand(cast.wu, demand, name="吴工", signature=picture("signature.png"))
    rate_demand(cast.wu, demand, speed=4, attitude=5, solution=5)
    text = words(printed(as_user(cast.lin), "acceptance", demand))
    for part in (
        acceptance.digest,
        "响应 4",
        "叁佰捌拾陆元整",
        done.number,
        "打印：林主管 2026-11-23 10:24",
    ):
        assert squeezed(part) in text


def test_an_acceptance_that_nobody_can_sign_yet_is_not_printed(cast, as_user):
    demand = cast.submit()
    answer = as_user(cast.wu).get(f"/print/acceptance/{demand.number}/")
    assert answer.status_code == 409
    assert "还没有可以打印的验收单" in answer.content.decode()
    assert (
        "/print/acceptance/" not in as_user(cast.wu).get(demand.get_absolute_url()).content.decode()
    )


def test_one_prints_what_one_may_see_and_the_rest_is_left_out(cast, as_user, done):
    mine, other = done.subject, cast.submit(cast.meng, title="孟工的需求")
    path = f"/print/demand/{mine.number},{other.number},XQ-2026-999999/"
    assert pages(as_user(cast.lin).get(path).content) == 2
    seen = words(as_user(cast.wu).get(path).content)
    assert mine.number in seen
    assert "孟工" not in seen
    assert as_user(cast.wu).get(f"/print/demand/{other.number}/").status_code == 404
    assert as_user(cast.wu).get(f"/print/nothing/{mine.number}/").status_code == 404


def test_a_file_of_many_has_a_name_and_an_end(cast, as_user):
    first, second = cast.submit(), cast.submit(at=later(minutes=1))
    client = as_user(cast.chen)
    answer = client.get(f"/print/demand/{second.number},{first.number}/")
    assert f"{second.number}%20%E7%AD%89%202%20%E4%BB%BD.pdf" in answer["Content-Disposition"]
    assert words(answer.content).index(second.number) < words(answer.content).index(first.number)
    assert client.get(f"/print/demand/{','.join(map(str, range(201)))}/").status_code == 409


def test_what_people_type_comes_out_as_they_typed_it(cast, as_user):
    """Never as markup of the one who draws the page; letters that no font has are another matter."""
    latin = [text for text in NAUGHTY if text.isascii() and text.isprintable() and len(text) < 100]
    latin += [
        "#panic(1)",
        "$x^2$ *b* _i_ `c` @ref <end> = h",
        "\\u{41} // no /* comment */",
        '#import "data.json"',
    ]
    for start in range(0, len(latin), 30):
        body = "\n".join(" ".join(text.split()) for text in latin[start : start + 30])
        demand = cast.submit(title="t", body=body)
        facts = words(printed(as_user(cast.wu), "demand", demand))
        missing = [line for line in body.splitlines() if squeezed(line) not in facts]
        assert missing == []


def test_the_font_that_comes_with_the_house_has_the_characters():
    assert "Noto Sans CJK TC" in fonts().families()


def test_what_is_ticked_in_the_queue_is_printed_in_one_file(cast, as_user, done):
    picked = {"pick": [done.subject.pk, cast.submit().pk]}
    client = as_user(cast.xu)
    assert pages(client.post("/demands/together/print/", picked, follow=True).content) == 2
    answer = client.post("/demands/together/print_acceptance/", picked, HTTP_HX_REQUEST="true")
    assert pages(client.get(answer["HX-Redirect"]).content) == 1  # the other is not done
    assert as_user(cast.wu).post("/demands/together/print/", picked).status_code == 403


def test_what_is_ticked_among_the_orders_is_printed_in_one_file(cast, as_user, done):
    picked = {"pick": [done.pk, cast.order().pk]}
    answer = as_user(cast.li).post("/orders/together/print/", picked, follow=True)
    assert pages(answer.content) == 2
