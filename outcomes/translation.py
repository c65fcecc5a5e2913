"""Which of the organizers' texts have a column per interface language."""

from modeltranslation.translator import TranslationOptions, register

from outcomes.models import Clause, Problem, Solution, Statement, Topic


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("title", "note")


@register(Clause)
class ClauseTranslation(TranslationOptions):
    fields = ("text",)


@register(Problem)
class ProblemTranslation(TranslationOptions):
    fields = ("title", "description", "use_when", "not_when")


@register(Solution)
class SolutionTranslation(TranslationOptions):
    fields = ("title", "description", "use_when", "not_when")


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)
