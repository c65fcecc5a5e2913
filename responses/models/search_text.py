from django.db import models

from responses.languages.text_matching import search_key, search_words

from .recusal import AboutResponses

# Characters. The field for searching takes no more.
LONGEST_SEARCH = 200


class WordsQuerySet(AboutResponses):
    def saying(self, typed: str):
        """Texts in which all of these words occur, whole or as parts of longer ones."""
        words = search_words(typed[:LONGEST_SEARCH])
        found = self.all() if words else self.none()
        for word in words:
            found = found.filter(words__contains=word)
        return found


class SearchTextQuerySet(WordsQuerySet):
    def follow_mask(self, masking):
        for row in self:
            made = masking.translations[row.translation_id] if row.translation_id else None
            if made and made.is_hidden:
                row.delete()
            else:
                text = made.after if made else masking.after[row.answer_id]
                self.filter(pk=row.pk).update(words=search_key(text))

    def index(self, answers):
        """Index the answers of one response, as they read now. Translations stay: searches leave out outdated ones."""
        answers = list(answers)
        self.filter(answer__in=answers, translation=None).delete()
        self.bulk_create(
            self.model(answer=answer, response_id=answer.response_id, words=search_key(answer.text))
            for answer in answers
        )

    def index_translation(self, translation):
        """Index a translation that a second person has reviewed, in place of the one before it."""
        self.filter(answer=translation.answer_id, translation__language=translation.language).delete()
        of = {"answer_id": translation.answer_id, "response_id": translation.answer.response_id}
        self.create(**of, translation=translation, words=search_key(translation.text))


class SearchText(models.Model):
    """An answer, or a reviewed translation of one, in the letters that a search compares (see `search_key`).

    It has a table of its own because an index for searching makes a table slow to write. It does not tell who may read
    the text; the response and the translation do.
    """

    answer = models.ForeignKey("responses.Answer", on_delete=models.CASCADE, related_name="search_texts")
    # That of the answer, which never changes: a search looks for responses, and the answer between would cost as much.
    # The answer's own reference holds it. PostgreSQL would lock the response for a second one; whoever reviews a
    # translation has locked the answer already, and others lock the two the other way round.
    response = models.ForeignKey(
        "responses.Response", on_delete=models.CASCADE, related_name="search_texts", db_constraint=False
    )
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


class NamesTextQuerySet(WordsQuerySet):
    def index(self, response):
        """Index the names in a response, as they are now."""
        told = [getattr(response, name) for name in self.model.FIELDS]
        if response.gathering:
            told += [response.gathering.title, response.gathering.code]
        self.update_or_create(response=response, defaults={"words": search_key(" ".join(filter(None, told)))})


class NamesText(models.Model):
    """The names in a response and its code, in the letters that a search compares: for reviewers only.

    An affiliate on the roster is not among them, because it may get another name.
    """

    FIELDS = ("code", "display_name", "affiliate_name", "place", "written_by", "language_name")

    response = models.OneToOneField("responses.Response", on_delete=models.CASCADE, related_name="names_text")
    words = models.TextField()

    objects = NamesTextQuerySet.as_manager()

    def __str__(self):
        return str(self.response)
