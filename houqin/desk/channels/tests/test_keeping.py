from houqin.desk.channels.models import Draft, Favourite
from houqin.desk.demands.models import Demand


def test_what_was_begun_is_kept_found_and_taken_up_again(cast, as_user):
    client = as_user(cast.wu)
    answers = {
        "title": "空调有点",
        "place": cast.room.pk,
        "claimed": "important",
        "ask_symptom": "滴水",
    }
    assert (
        client.post("/demands/new/hvac/draft/", answers | {"body": "写到一半"}).status_code == 302
    )
    assert (
        client.post("/demands/new/hvac/draft/", answers, headers={"HX-Request": "true"}).status_code
        == 204
    )
    assert Draft.objects.get().fields == {key: str(value) for key, value in answers.items()}
    assert "空调有点" in client.get("/demands/new/").content.decode()
    form = client.get("/demands/new/hvac/").context["form"]
    assert (form["title"].value(), form["claimed"].value(), form["ask_symptom"].value()) == (
        "空调有点", "important", "滴水"
    )  # fmt: skip
    assert "空调有点" not in as_user(cast.meng).get("/demands/new/").content.decode()


def test_a_draft_ends_when_it_is_sent_or_dropped(cast, as_user):
    client = as_user(cast.wu)
    answers = {"title": "地毯脏了", "place": cast.room.pk, "claimed": "routine"}
    client.post("/demands/new/cleaning/draft/", answers)
    assert client.post("/demands/new/cleaning/", answers).status_code == 302
    assert not Draft.objects.exists()
    client.post("/demands/new/cleaning/draft/", answers)
    assert client.post("/demands/new/cleaning/draft/drop/").status_code == 302
    assert not Draft.objects.exists()


def test_no_draft_is_longer_than_the_form_it_is_for(cast, as_user):
    many = {"title": "长" * 9000, "body": "a\x00b"} | {f"x{nth}": "y" for nth in range(60)}
    as_user(cast.wu).post("/demands/new/hvac/draft/", many)
    kept = Draft.objects.get().fields
    assert len(kept) == 40
    assert len(kept["title"]) == 4000
    assert kept["body"] == "ab"


def test_a_favourite_fills_the_form_with_one_tap(cast, as_user):
    client = as_user(cast.wu)
    created = cast.submit(
        title="周会茶水", entry="meeting", answers={"people": 12, "tea": True}, body="A4 桌签"
    )
    url = f"{created.get_absolute_url()}favourite/"
    assert client.post(url, {"name": "每周例会", "shared": "on"}).status_code == 302
    kept = Favourite.objects.get()
    assert not kept.shared  # that is for those who run the desk
    assert "每周例会" in client.get("/demands/new/").content.decode()
    form = client.get(f"/demands/new/meeting/?favourite={kept.pk}").context["form"]
    answers = {
        name: form[name].value() for name in ("title", "body", "ask_people", "ask_tea", "place")
    }
    assert answers == {
        "title": "周会茶水", "body": "A4 桌签", "ask_people": 12, "ask_tea": "yes", "place": cast.room.pk
    }  # fmt: skip
    assert "请换个名称" in client.post(url, {"name": "每周例会"}).content.decode()
    assert client.post(f"/favourites/{kept.pk}/drop/").status_code == 302
    assert not Favourite.objects.exists()


def test_the_desk_offers_one_to_everybody(cast, as_user):
    created = cast.submit(title="会议保障", entry="meeting")
    as_user(cast.chen).post(
        f"{created.get_absolute_url()}favourite/", {"name": "来访接待", "shared": "on"}
    )
    kept = Favourite.objects.get()
    client = as_user(cast.meng)
    assert "来访接待" in client.get("/demands/new/").content.decode()
    assert (
        client.get(f"/demands/new/meeting/?favourite={kept.pk}").context["form"]["title"].value()
        == "会议保障"
    )
    assert client.post(f"/favourites/{kept.pk}/drop/").status_code == 403
    assert Demand.objects.count() == 1


def test_an_own_favourite_is_nobody_elses(cast, as_user):
    created = cast.submit(title="私事", entry="meeting")
    as_user(cast.wu).post(f"{created.get_absolute_url()}favourite/", {"name": "我的"})
    kept = Favourite.objects.get()
    client = as_user(cast.meng)
    assert client.post(f"/favourites/{kept.pk}/drop/").status_code == 404
    assert (
        client.get(f"/demands/new/meeting/?favourite={kept.pk}").context["form"]["title"].value()
        is None
    )
    assert client.get(f"{created.get_absolute_url()}favourite/").status_code == 404
