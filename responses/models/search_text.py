from django.db import models

from responses.comparable import comparable, words_of

# Characters of a search; the field takes no more.
LONGEST_SEARCH = 200


class SearchTextQuerySet(models.QuerySet):
    def take_in(self, answers):
        """The answers of one response, as a reviewer has accepted them."""
        answers = list(answers)
        self.forget(answers)
        self.bulk_create(self.model(answer=answer, words=comparable(answer.text)) for answer in answers)

    def take_in_translation(self, translation):
        """A translation that a second person has reviewed, in place of the one before it."""
        self.filter(answer=translation.answer_id, translation__language=translation.language).delete()
        self.create(answer_id=translation.answer_id, translation=translation, words=comparable(translation.text))

    def forget(self, answers):
        """Their author has changed them; what was translated of them is told apart by its own state."""
        self.filter(answer__in=answers, translation=None).delete()

    def saying(self, typed: str):
        """Those in which all of these words occur, whole or as parts of longer ones."""
        words = words_of(typed[:LONGEST_SEARCH])
        found = self.all() if words else self.none()
        for word in words:
            found = found.filter(words__contains=word)
        return found


class SearchText(models.Model):
    """An answer, or a reviewed translation of one, in the letters by which it is found.

    Apart from the answers, because the index for searching makes a table slow to write. Who may read a text is asked
    of the response and the translation themselves.
    """

    answer = models.ForeignKey("responses.Answer", on_delete=models.CASCADE, related_name="search_texts")
    translation = models.OneToOneField(
        "responses.Translation", on_delete=models.CASCADE, related_name="search_text", null=True
    )
    words = models.TextField()

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer"], condition=models.Q(translation=None), name="one_search_text_an_answer"
            )
        ]

    def __str__(self):
        return str(self.translation or self.answer)
