from django.core.management.base import BaseCommand, CommandError

from houqin.platform.translations import catalogue


class Command(BaseCommand):
    help = "Fails when an English reader would meet Chinese, a gap or a broken placeholder."

    def handle(self, *args: object, **options: object) -> None:
        problems = catalogue.problems()
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(
                f"{len(problems)} problems. `manage.py collect_translations` lists new text in the catalogue."
            )
