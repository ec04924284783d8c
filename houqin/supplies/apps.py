from importlib import import_module

from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "houqin.supplies"

    def ready(self) -> None:
        import_module("houqin.supplies.line")
