from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]
