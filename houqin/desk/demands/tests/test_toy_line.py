"""A line that the desk has never heard of plugs in, and works."""

import pytest
from django.urls import reverse

from houqin.desk.catalogue import lines
from houqin.desk.catalogue.models import sync_catalogue
from houqin.desk.demands.models import Demand
from houqin.work.orders.matching import Proposal

TOY = lines.CategoryDefault(
    "garden", "屋顶花园",
    (
        lines.EntryDefault(
            "bees", "蜂箱", "leaf", "蜂箱检查和搬移", grade="important",
            questions=(lines.Question("hives", "几个蜂箱", "number", required=True),),
        ),
    ),
)  # fmt: skip


@pytest.fixture
def garden(desk):
    """The line, registered the way an app of its own would register it; gone again afterwards."""
    line = lines.ServiceLine(
        "garden", "屋顶花园", "leaf", (TOY,),
        facts=lambda demand: [lines.Fact("leaf", "蜂群", f"共 {demand.answers['hives']} 箱", "活跃", "ok")],
        candidates=lambda demand, proposals: [Proposal(desk.member, score=99, reasons=[(True, "养过蜂")])],
        acceptance=lambda demand: ["蜂箱已固定"],
    )  # fmt: skip
    lines.register(line)
    sync_catalogue()
    yield line
    del lines.LINES["garden"]


def test_a_new_line_goes_the_whole_way_without_the_desk_knowing_it(desk, garden):
    assert "蜂箱" in desk.get(desk.wu, "channels:new_demand").content.decode()
    form = reverse("channels:new_demand_for", args=["bees"])
    filled = {"place": desk.room.pk, "title": "蜂箱要搬", "claimed": "important"}
    assert desk.client.post(form, filled).status_code == 422
    desk.client.post(form, filled | {"ask_hives": "3"})
    demand = Demand.objects.get()
    desk_page = desk.get(desk.chen, "review").content.decode()
    assert "共 3 箱" in desk_page
    assert "养过蜂" in desk_page
    desk.speak(desk.chen, demand, "grade", grade="routine")
    offers = desk.get(desk.chen, "demand_verb", demand.number, "dispatch").context["form"].offers
    assert [(offer.user.name, offer.score) for offer in offers] == [("王师傅", 99)]


def test_its_conditions_are_read_before_signing(desk, garden):
    demand = desk.brought_to("done")
    Demand.objects.filter(pk=demand.pk).update(entry=desk.entry("bees"))
    assert "蜂箱已固定" in desk.get(desk.wu, "demand_verb", demand.number, "sign").content.decode()


def test_a_fact_for_every_line_is_provided_from_outside(desk):
    provider = lines.provide_facts(
        lambda demand: [lines.Fact("coin", "预算", "余 ¥20,480", "够", "ok")]
    )
    desk.submitted()
    page = desk.get(desk.chen, "review").content.decode()
    lines.FACTS.remove(provider)
    assert "余 ¥20,480" in page


def test_one_code_is_one_line(garden):
    with pytest.raises(ValueError, match="garden"):
        lines.register(lines.ServiceLine("garden", "别的花园", "leaf", ()))
