"""The house itself for machines: places and people, files, what leaves the house."""

from houqin.setup.api import directory, hooks

__all__ = ["directory", "hooks"]
