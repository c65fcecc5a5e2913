"""Which of the organizers' texts have a column per interface language. People's answers have rows instead."""

from modeltranslation.translator import TranslationOptions, register

from responses.models import Conversation, DeclineReason, MovedPromise, Question, Region, Term


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("prompt", "hint")


@register(Conversation)
class ConversationTranslation(TranslationOptions):
    fields = ("title", "invitation", "asked_by")


@register(MovedPromise)
class MovedPromiseTranslation(TranslationOptions):
    fields = ("reason",)


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("name", "meaning")


@register(DeclineReason)
class DeclineReasonTranslation(TranslationOptions):
    fields = ("title", "text")
