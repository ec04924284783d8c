"""Demands and the catalogue for machines."""

from houqin.desk.demands.api import routes

__all__ = ["routes"]
