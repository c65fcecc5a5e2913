from django.core.management.base import BaseCommand

from outcomes import conference_2017


class Command(BaseCommand):
    help = "Loads the statement, problems and solutions of 2017. Safe to repeat; what organizers wrote stays."

    def handle(self, *args, **options):
        made, filled = conference_2017.load()
        if made or filled:
            self.stdout.write(f"Outcomes of 2017: {made} rows made, {filled} completed in a language.")
        else:
            self.stdout.write("Outcomes of 2017: all there.")
