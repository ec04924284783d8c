"""What is filled in at the ways in."""

from houqin.desk.channels.forms.behalf import BehalfForm
from houqin.desk.channels.forms.favourites import FavouriteForm
from houqin.desk.channels.forms.guest import GuestDemandForm
from houqin.desk.channels.forms.paper import PaperDemandForm, ScansForm

__all__ = ["BehalfForm", "FavouriteForm", "GuestDemandForm", "PaperDemandForm", "ScansForm"]
