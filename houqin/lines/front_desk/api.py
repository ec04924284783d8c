"""Parcels and lost things for machines: what the pages declare, at addresses of the API."""

from houqin.lines.front_desk import samples
from houqin.lines.front_desk.pages import LOST_THING, PARCEL, SEES_PARCEL
from houqin.ui.api.cards import CardActions
from houqin.ui.api.derived import add_card
from houqin.ui.api.instance import API, Router

AREA = "front-desk"
router = Router()
add_card(router, CardActions(PARCEL, "parcels", samples.parcel, SEES_PARCEL, AREA))
add_card(router, CardActions(LOST_THING, "lost-things", samples.lost_thing, area=AREA))
API.add_router("", router)
