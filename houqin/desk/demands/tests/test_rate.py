from houqin.desk.demands.models import Rating


def test_a_rating_files_the_request(desk, seeds):
    demand = desk.brought_to("accepted")
    assert desk.speak(desk.wu, demand, "rate", comment="谢谢", **seeds.stars).status_code == 302
    assert demand.status == "closed"
    rating = Rating.objects.get(demand=demand)
    assert (rating.speed, rating.attitude, rating.solution) == (5, 5, 4)
    assert "谢谢" in desk.get(desk.chen, "demand", demand.number).content.decode()


def test_nobody_rates_for_the_requester(desk, seeds):
    demand = desk.brought_to("accepted")
    assert desk.speak(desk.luo, demand, "rate", **seeds.stars).status_code == 403
    assert not Rating.objects.exists()


def test_others_do_not_see_it(desk, seeds):
    assert (
        desk.speak(desk.far, desk.brought_to("accepted"), "rate", **seeds.stars).status_code == 404
    )


def test_one_rating_is_enough(desk, seeds):
    assert desk.speak(desk.wu, desk.brought_to("closed"), "rate", **seeds.stars).status_code == 409


def test_all_three_are_asked_for(desk):
    demand = desk.brought_to("accepted")
    answer = desk.speak(desk.wu, demand, "rate", speed=5, attitude=6)
    assert answer.status_code == 422
    assert "请给解决问题打分" in answer.content.decode()
    assert demand.status == "accepted"
