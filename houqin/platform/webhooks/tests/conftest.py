from houqin.platform.notices.tests.conftest import cast, happen, one_saying

__all__ = ["cast", "happen", "one_saying"]
