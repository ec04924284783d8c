from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import RawSQL

from houqin.platform.search.tokenizer import SearchQuery, Term

COLUMNS = ("title_words", "body_words", "thread_words")
WEIGHTS = "ABC"  # of the same columns, on PostgreSQL
NUMBER, TITLE, BODY, THREAD = 3, 2, 1, 0


class PassageQuerySet(models.QuerySet["Passage"]):
    def of(self, model: type[models.Model]) -> PassageQuerySet:
        """The passages of that kind of thing."""
        return self.filter(target_type=ContentType.objects.get_for_model(model))

    def matching(self, question: SearchQuery) -> PassageQuerySet:
        """Where every term is found, with `tier`: the number itself, all terms in the title, all in title
        and body, or somewhere."""
        if not question.terms:
            return self.none()
        tiers = [When(Q(_holds(question, depth)), then=Value(3 - depth)) for depth in (1, 2)]
        if question.number:
            tiers.insert(0, When(_numbered(*question.number), then=Value(NUMBER)))
        return self.filter(_holds(question, 3)).annotate(tier=Case(*tiers, default=Value(THREAD)))


class Passage(models.Model):
    """What can be found of one thing: its text as it is read, and the words that the database looks for.

    The row with `inner` holds everything, inner notes too, and is there only where there are any.
    """

    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_index=False)
    target_id = models.PositiveBigIntegerField()
    inner = models.BooleanField(default=False)
    number = models.CharField(max_length=20, blank=True)
    open = models.BooleanField(default=False)
    at = models.DateTimeField()
    stale = models.BooleanField(default=False)  # something that it names has another name now
    body = models.TextField(blank=True)
    thread = models.TextField(blank=True)
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    thread_words = models.TextField(blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id", "inner"], name="one_passage_each"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(stale=True), name="search_stale"),
            models.Index(fields=["-at"], name="search_newest"),
            models.Index(fields=["at"], condition=Q(open=True), name="search_open"),
        ]

    def __str__(self) -> str:
        return f"{self.target_type_id}:{self.target_id}"


def _holds(question: SearchQuery, columns: int) -> Any:
    """The condition that every term stands in the first so many columns."""
    if connection.vendor == "postgresql":
        # Without weights the index alone decides; with them each row has to be looked at again.
        weights = WEIGHTS[:columns] if columns < len(WEIGHTS) else ""
        asked = " & ".join(_postgresql(term, weights) for term in question.terms)
        return RawSQL("search_passage.words @@ %s::tsquery", [asked], output_field=BooleanField())
    asked = " AND ".join(_sqlite(term) for term in question.terms)
    within = f"{{{' '.join(COLUMNS[:columns])}}} : ({asked})"
    return Q(pk__in=RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [within]))


def _postgresql(term: Term, weights: str) -> str:
    marks = f"{'*' if term.prefix else ''}{weights}"
    look = f":{marks}" if marks else ""
    return f"({' <-> '.join(f'{_quoted(word)}{look}' for word in term.words)})"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "") + "'"


def _sqlite(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _numbered(kind: str, year: str, serial: int) -> Q:
    parts: Sequence[Q] = [
        Q(number__endswith=f"-{serial:06d}"),
        Q(number__startswith=f"{kind}-") if kind else Q(),
        Q(number__contains=f"-{year}-") if year else Q(),
    ]
    return parts[0] & parts[1] & parts[2]
