"""Requests and the catalogue for machines."""

from houqin.servicedesk.api import routes

__all__ = ["routes"]
