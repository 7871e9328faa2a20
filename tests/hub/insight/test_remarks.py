"""Are remarks of the log told in the reader's language, and counted things in their number?"""

from __future__ import annotations

import pytest
from django.utils.translation import override

from samsyn.hub.insight import phrases
from samsyn.hub.insight.remarks import WHOLE, remark_said
from samsyn.hub.insight.templatetags.insight_words import objects_counted, remark


@pytest.mark.parametrize(
    ("detail", "sv", "en"),
    [
        ("my day", "min dag", "my day"),
        ("sent to SKV", "sänd till SKV", "sent to SKV"),
        ("kept 3 years", "bevaras 3 år", "kept 3 years"),
        ("4 facts, 2 files", "4 uppgifter, 2 filer", "4 facts, 2 files"),
        # What is not known is the log's own word.
        ("to SKV sample=routine", "to SKV sample=routine", "to SKV sample=routine"),
        ("", "", ""),
    ],
)
def test_a_remark_is_said_or_stands_as_it_is(detail: str, sv: str, en: str) -> None:
    assert (remark_said(detail).sv, remark_said(detail).en) == (sv, en)


def test_remarks_are_in_both_languages() -> None:
    assert all(said.sv and said.en for said in WHOLE.values())
    with override("en"):
        assert remark("refused") == "refused"


def test_more_than_one_is_told_in_plural() -> None:
    assert phrases.MANY.keys() == phrases.KINDS.keys()
    with override("sv"):
        assert objects_counted("fact", 1) == "1 uppgift"
        assert objects_counted("fact", 5) == "5 uppgifter"
    with override("en"):
        assert objects_counted("case", 2) == "2 cases"
