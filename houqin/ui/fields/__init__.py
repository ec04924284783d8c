"""The fields of every form, one of each."""

from houqin.ui.fields.choices import RadioTiles, Stars, StarsField
from houqin.ui.fields.codes import CodeField
from houqin.ui.fields.house import HouseField, HouseForm, control_class, field_kind
from houqin.ui.fields.moments import YEARS, MomentField
from houqin.ui.fields.money import YuanField
from houqin.ui.fields.people import PeopleField, PersonField
from houqin.ui.fields.photos import PhotoField, PhotoInput, received
from houqin.ui.fields.places import PlaceField, place_choices
from houqin.ui.fields.records import RecordForm, record_form
from houqin.ui.fields.signature import Signature, SignatureField, SignatureInput, redrawn

__all__ = [
    "YEARS",
    "CodeField",
    "HouseField",
    "HouseForm",
    "MomentField",
    "PeopleField",
    "PersonField",
    "PhotoField",
    "PhotoInput",
    "PlaceField",
    "RadioTiles",
    "RecordForm",
    "Signature",
    "SignatureField",
    "SignatureInput",
    "Stars",
    "StarsField",
    "YuanField",
    "control_class",
    "field_kind",
    "place_choices",
    "received",
    "record_form",
    "redrawn",
]
