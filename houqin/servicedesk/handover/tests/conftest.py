from houqin.servicedesk.tests.conftest import clock, desk, furnished

__all__ = ["clock", "desk", "furnished"]
