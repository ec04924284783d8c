from importlib import import_module

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "houqin.facilities"

    def ready(self) -> None:
        import_module("houqin.facilities.line")
