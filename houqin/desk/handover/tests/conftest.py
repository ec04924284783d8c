from houqin.desk.demands.tests.conftest import clock, desk, furnished

__all__ = ["clock", "desk", "furnished"]
