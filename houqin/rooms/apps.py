from importlib import import_module

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "houqin.rooms"

    def ready(self) -> None:
        import_module("houqin.rooms.line")
