from importlib import import_module

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "houqin.dispatch"
    verbose_name = "派工"

    def ready(self) -> None:
        import_module("houqin.dispatch.events")
        import_module("houqin.dispatch.found")
        import_module("houqin.dispatch.handing")
        import_module("houqin.dispatch.pages")
        import_module("houqin.dispatch.board.pages")
        import_module("houqin.dispatch.roster.pages")
        import_module("houqin.dispatch.teams.pages")
        import_module("houqin.dispatch.papers")
