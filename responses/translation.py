"""Which of the organizers' texts have a column per interface language. People's answers have rows instead."""

from modeltranslation.translator import TranslationOptions, register

from responses.models import Question, Region, Term


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("prompt", "hint")


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("name", "meaning")
