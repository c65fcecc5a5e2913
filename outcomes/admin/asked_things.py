"""What authors are being asked about stays as it is until that has closed: at forms, and where things are deleted."""

from django.core.exceptions import ValidationError

from outcomes.models import Asking
from outcomes.models.statement import WAS_ASKED
from responses.admin.stored_meanwhile import OrganizersForm, OrganizersFormSet


class WhileAskedForm(OrganizersForm):
    """Refuses other English words, and publishing before the last day is over."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                Asking.objects.check_stored(self.instance)
            except ValidationError as refusal:
                self.add_error(None, refusal)


class WhileAskedFormSet(OrganizersFormSet):
    """The same for parts of a thing, and refuses to delete them."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk:
                Asking.objects.check_deletable(form.instance)


class KeptWhileAsked:
    """For the admin of things: the pages that ask before they delete one say what is in the way."""

    form = WhileAskedForm

    def get_deleted_objects(self, objs, request):
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        # Nobody deletes it. It is stopped, or stays.
        lacking.discard(Asking._meta.verbose_name)
        return to_delete, counts, lacking, [*protected, *_in_the_way(objs)]


def _in_the_way(things):
    for each in things:
        try:
            Asking.objects.check_deletable(each)
        except ValidationError as refusal:
            yield from refusal.messages
            continue
        if Asking.objects.with_parts(each).exists():
            yield WAS_ASKED
