"""The names of months and days, which Django misspells or capitalises in some languages and lacks in many.

Nothing calls this: it brings them into our catalogues, which take precedence over Django's. tests/cldr.json has them as
CLDR does.
"""

from django.utils.translation import gettext_noop


def names():
    gettext_noop("January")
    gettext_noop("February")
    gettext_noop("March")
    gettext_noop("April")
    gettext_noop("May")
    gettext_noop("June")
    gettext_noop("July")
    gettext_noop("August")
    gettext_noop("September")
    gettext_noop("October")
    gettext_noop("November")
    gettext_noop("December")
    gettext_noop("Monday")
    gettext_noop("Tuesday")
    gettext_noop("Wednesday")
    gettext_noop("Thursday")
    gettext_noop("Friday")
    gettext_noop("Saturday")
    gettext_noop("Sunday")
