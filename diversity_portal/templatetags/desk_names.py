"""What the lists of the desks are called, on every page that names one."""

from django import template
from django.utils.text import capfirst

from diversity_portal.desk_names import PLACES

register = template.Library()


@register.filter
def desk_name(opts):
    """The name of a model's list, as on the first page and in the menu."""
    place = PLACES.get(opts.label)
    return place.name if place else capfirst(opts.verbose_name_plural)
