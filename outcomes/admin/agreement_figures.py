"""How far coders agree: first in words, then in figures."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from outcomes import agreement as figures
from outcomes.models import CodingPlan, JointDecision, SharedAnswer
from outcomes.models.coding import Value
from outcomes.models.stance import STANCE_LABELS, Stance
from responses.languages import language_of

from .codebook import claims


@require_safe
def agreement(request):
    if not request.user.has_perm("outcomes.view_sharedanswer"):
        raise PermissionDenied
    readable = SharedAnswer.objects.readable_by(request.user)
    twice = figures.coded_twice(readable)
    marked = figures.claims_of(twice)
    context = {
        **admin.site.each_context(request),
        "title": _("How far coders agree"),
        "opts": SharedAnswer._meta,
        "answers": len(twice),
        "all": Figures(figures.agreement_of(twice, marked)),
        "claims": [_of_claim(twice, each) for each in claims() if key(each) in marked],
        "languages": [
            (language_of(original), language_of(read_in), len(them), Figures(figures.agreement_of(them, marked)))
            for (original, read_in), them in figures.by_languages(twice).items()
        ],
        "without_marks": figures.without_marks(twice),
        "fewest": figures.FEWEST_MARKS,
        # Without them, the figures say too much of agreement: those that two have read alike are agreed on at once.
        "left_out": SharedAnswer.objects.to_agree_on().exclude(pk__in=readable.values("pk")).count(),
        "decided": JointDecision.objects.count(),
        "share": CodingPlan.objects.current().share,
    }
    return render(request, "admin/outcomes/sharedanswer/agreement.html", context)


def key(claim):
    return claim.kind(), claim.pk


def _of_claim(twice, claim):
    found = Figures(figures.agreement_of(twice, [key(claim)]), claim.kind())
    return claim, found, figures.one_sided(twice, key(claim))


class Figures:
    """An `Agreement` in words and numbers of the page's language. kind: of the claim, if it is about one."""

    def __init__(self, of, kind=None):
        self.of, self.kind = of, kind

    @property
    def in_words(self):
        counted = {"either": self.of.either, "both": self.of.both, "alike": self.of.alike}
        if self.kind:
            said = ngettext(
                "Of %(either)s answer that either marked, both marked %(both)s, and %(alike)s with the same stance.",
                "Of %(either)s answers that either marked, both marked %(both)s, and %(alike)s with the same stance.",
                self.of.either,
            )
        else:
            said = ngettext(
                "In %(either)s case, either coder marked an answer for a problem or solution. In %(both)s of them, "
                "both did, and in %(alike)s with the same stance.",
                "In %(either)s cases, either coder marked an answer for a problem or solution. In %(both)s of them, "
                "both did, and in %(alike)s with the same stance.",
                self.of.either,
            )
        return said % counted

    def _label(self, value):
        if value == Value.MIXED:
            return value.label
        return STANCE_LABELS[self.kind][value] if self.kind else Stance(value).label

    @property
    def same(self):
        return _("%(same)s of %(n)s cases") % {"same": self.of.same, "n": self.of.n}

    @property
    def positive(self):
        return [
            (self._label(value), _("%(percent)s %%") % {"percent": number_format(round(100 * share))})
            for value, share in self.of.positive
        ]

    @property
    def alpha(self):
        if self.of.alpha is None:
            return _("cannot be computed: all are marked alike, so nothing tells agreement from chance")
        numbers = {"alpha": self.of.alpha, "n": self.of.n}
        numbers["lowest"], numbers["highest"] = self.of.interval
        # `number_format` cuts off, and does not round. Adding nought makes -0.0 nought.
        told = {
            name: number_format(round(number, 2) + 0, None if name == "n" else 2) for name, number in numbers.items()
        }
        return _("%(alpha)s (95 %% interval: %(lowest)s to %(highest)s; n = %(n)s)") % told

    @property
    def warnings(self):
        return [
            ngettext(
                "“%(label)s” was said %(n)s time only: the figures tell little about it.",
                "“%(label)s” was said %(n)s times only: the figures tell little about it.",
                number,
            )
            % {"label": self._label(value), "n": number}
            for value, number in self.of.rare
        ]
