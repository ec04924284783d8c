"""What is filled in at the ways in."""

from houqin.servicedesk.channels.forms.behalf import BehalfForm
from houqin.servicedesk.channels.forms.guest import GuestRequestForm

__all__ = ["BehalfForm", "GuestRequestForm"]
