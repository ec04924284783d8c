from houqin.servicedesk.tests.conftest import clock, desk

__all__ = ["clock", "desk"]
