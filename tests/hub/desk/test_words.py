"""Both languages, side by side: sentences, days, citations, names."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from samsyn.hub.guard.language import reading, say
from samsyn.kernel.text import Text

EACH = pytest.mark.parametrize("language", ["sv", "en"])


def shown(source: str, language: str, **values: object) -> str:
    with override(language):
        return Template("{% load words %}" + source).render(Context(values))


@EACH
def test_say_shows_the_readers_sentence(language: str) -> None:
    expected = {"sv": "Ärende", "en": "Case"}[language]
    assert shown('{% say "Ärende" "Case" %}', language) == expected


def test_values_are_put_in_and_escaped_while_the_sentence_is_not() -> None:
    source = '{% say "Hej <b>{name}</b>" "Hi <b>{name}</b>" name=name %}'
    told = shown(source, "sv", name="<script>")
    assert told == "Hej <b>&lt;script&gt;</b>"


def test_sentences_from_outside_the_template_are_escaped() -> None:
    assert shown("{% say sv en %}", "en", sv="a", en="<i>") == "&lt;i&gt;"
    assert shown("{% say sv en n=1 %}", "en", sv="a", en="<i>{n}") == "&lt;i&gt;1"


def test_a_value_never_reaches_into_what_it_names() -> None:
    assert shown('{% say "{x.__class__} {x}" "" x=x %}', "sv", x="a") == "{x.__class__} a"


def test_a_missing_value_is_a_fault_of_the_template() -> None:
    with pytest.raises(KeyError):
        shown('{% say "{namn}" "{namn}" name=1 %}', "sv")


def test_labels_are_chosen_when_they_are_shown() -> None:
    label = say("Dag", "Day")
    with override("sv"):
        assert str(label) == "Dag"
    with override("en"):
        assert str(label) == "Day"


def test_other_languages_read_swedish() -> None:
    with override("de"):
        assert reading() == "sv"
    with override("en-gb"):
        assert reading() == "en"


@pytest.mark.parametrize(
    ("source", "sv", "en"),
    [
        ("{{ '2009:400/10:27'|cited }}", "OSL 10 kap. 27 §", "OSL ch. 10 s. 27"),
        (
            "{{ '2009:400/10:15a st1 p5'|cited }}",
            "OSL 10 kap. 15 a § 1 st. p. 5",
            "OSL ch. 10 s. 15 a para. 1 pt. 5",
        ),
        ("{{ '2024:307/4 st3'|cited }}", "lagen (2024:307) 4 § 3 st.", "Act 2024:307 s. 4 para. 3"),
        ("{{ '1980:995/3'|cited }}", "förordningen (1980:995) 3 §", "Ordinance 1980:995 s. 3"),
        ("{{ '2009:400/21 kap.'|cited }}", "OSL 21 kap.", "OSL ch. 21"),
        ("{{ 'enligt avtal'|cited }}", "enligt avtal", "enligt avtal"),
        ("{{ ''|cited }}", "", ""),
        ("{{ 'AV'|agency }}", "Arbetsmiljöverket", "Swedish Work Environment Authority"),
        ("{{ 'XX'|agency }}", "XX", "XX"),
        (
            "{{ 'crime_investigation'|purpose }}",
            "utreda eller lagföra brott",
            "investigate or prosecute an offence",
        ),
        ("{{ 'agency_officer'|role }}", "handläggare", "agency officer"),
        ("{{ day|day }}", "2026-11-04", "2026-11-04"),
        ("{{ day|day_in_words }}", "4 november 2026", "4 November 2026"),
        ("{{ at|moment }}", "2026-11-24 00:30", "2026-11-24 00:30"),
        ("{{ at|time_of_day }}", "00:30", "00:30"),
        ("{{ at|machine_time }}", "2026-11-24T00:30+01:00", "2026-11-24T00:30+01:00"),
        ("{{ none|day }}{{ none|moment }}{{ none|machine_time }}{{ none|said }}", "", ""),
        ("{{ text|said }}", "ja", "yes"),
        ("{{ 12340|whole_number }}", "12 340", "12,340"),
        ("{% workdays 3 %}", "3 arbetsdagar kvar", "3 working days left"),
        ("{% workdays 1 %}", "1 arbetsdag kvar", "1 working day left"),
        ("{% workdays 0 %}", "i dag", "today"),
        ("{% workdays late %}", "2 arbetsdagar sen", "2 working days late"),
    ],
)
def test_days_names_and_provisions_in_both_languages(source: str, sv: str, en: str) -> None:
    values = {
        "day": date(2026, 11, 4),
        "at": datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        "text": Text(sv="ja", en="yes"),
        "late": -2,
    }
    assert shown(source, "sv", **values).replace("\u00a0", " ") == sv
    assert shown(source, "en", **values).replace("\u00a0", " ") == en
