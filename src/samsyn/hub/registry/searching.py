"""How do the words of a row become what search looks in?"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, TextField, Value

from samsyn.kernel.search_words import index_tokens


def lexemes(*texts: str) -> Func:
    """The search column of a row with these texts, as an expression to be saved.

    The tokens are worked out by :mod:`samsyn.kernel.search_words`, so that the database needs no
    dictionary and every PostgreSQL finds the same. A number that is filled up with zeros is found
    without them: 123 finds AV 2026/000123.
    """
    tokens = set(index_tokens(" \n ".join(filter(None, texts))))
    tokens |= {bare for token in tokens if token.isdigit() and (bare := token.lstrip("0"))}
    return Func(
        Value(sorted(tokens), output_field=ArrayField(TextField())),
        function="array_to_tsvector",
        output_field=SearchVectorField(),
    )


def tokens_in(words: Func) -> list[str]:
    """The tokens of what :func:`lexemes` has made, to be sent for many rows at once."""
    (tokens,) = words.get_source_expressions()
    return list(getattr(tokens, "value", ()))
