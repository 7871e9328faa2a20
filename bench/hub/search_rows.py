"""Which invented rows is search measured on? Nine agencies, words of known rates."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import psycopg

from samsyn.hub.project.migrating import apply_policies
from samsyn.kernel.search_words import index_tokens

AGENCIES: Final = ("AF", "AV", "EBM", "FK", "JAM", "MIGV", "PM", "SKV", "ÅKL")
RATES: Final = {
    "arbetsplatsen": 1 / 3,
    "tidredovisning": 1 / 10,
    "personalliggare": 1 / 30,
    "byggställning": 1 / 100,
    "identitetskort": 1 / 1000,
    "svetsröksfilter": 1 / 20000,
}
"""Words and the share of the facts that have them."""
SENTENCES: Final = 4000
WORDS_A_SENTENCE: Final = 14
OF_OLD: Final = "skeppsbrott"
"""A word that only the oldest rows have, one in five of them."""

Tell = Callable[[str], None]
Database = psycopg.Connection[tuple[Any, ...]]

_PIECES = (
    "ar be bo by da de di el en er fa fi ga gi gra ha hus in ka kla ko kon kra la le li lo ma me "
    "mi mo na ni nor o pa pe pla po ra re ri ro sa se ska sta ste str ta te ti tra un va ve vi"
).split()

_INDEXES = ("desk_case", "desk_fact", "desk_entity", "desk_file", "desk_question")

_CASES = """
insert into cases_case (id, visible_to, matter, agency, number, title, summary, state, origin,
    told_by, purpose, centre, restricted, opened_on, opened_by_name, outcome, version, changed_at,
    search)
select md5('case' || n)::uuid,
    a.code || case when n %% 97 = 0 then '/case/' || md5('case' || n)::uuid else '' end,
    md5('matter' || n)::uuid, a.code, a.code || ' ' || n, 'Ärende ' || n, '',
    (array['open', 'open', 'closed'])[1 + n %% 3], 'opened', '', 'control', '', n %% 97 = 0,
    date '2022-06-01', '', '', 1, timestamptz '2022-06-01' + n * %(step)s * interval '1 second',
    (select s.search from bench_sentence s where s.nr = (n * 7919) %% %(sentences)s)
from generate_series(1::bigint, %(cases)s) n
cross join lateral (select (%(agencies)s::text[])[1 + n %% 9] as code) a
"""
_ENTITIES = """
insert into registry_entity (id, visible_to, received_from, bound_purpose, kind, name, number,
    number_kind, certain, protected, address, municipality, note, made_at, search)
select md5('entity' || n)::uuid, (%(agencies)s::text[])[1 + n %% 9], '', '', 'firm',
    'Firma ' || n || ' AB', n::text, 'none', true, false, '', '', '',
    timestamptz '2022-06-01' + n * %(step)s * interval '1 second',
    (select s.search from bench_sentence s where s.nr = (n * 6007) %% %(sentences)s)
from generate_series(1::bigint, %(entities)s) n
"""
_FACTS = """
insert into cases_fact (id, visible_to, received_from, bound_matter, bound_purpose, case_id, agency,
    item_kind, subject_kind, text, holder, activity, secrecy, marks, source, state, derived_from,
    ground, common, made_by_name, made_at, search)
select md5('fact' || n)::uuid, c.visible_to, case when n %% 20 = 0 then 'SKV' else '' end,
    case when n %% 20 = 0 then c.matter end, case when n %% 20 = 0 then 'control' else '' end, c.id,
    c.agency, 'inspection_findings', 'company', repeat('x', 300), c.agency, 'supervision', '{}',
    '{}', '', 'current', '{}', '', false, 'Person',
    timestamptz '2022-06-01' + n * %(fact_step)s * interval '1 second', coalesce((
        select s.search from bench_sentence s where s.nr = (n * 104729) %% %(sentences)s
    ), '') || coalesce((
        select s.search from bench_sentence s where s.nr = (n * 15485863) %% %(sentences)s
    ), '') || w.search
from generate_series(%(first)s::bigint, %(last)s) n
join cases_case c on c.id = md5('case' || (1 + n %% %(cases)s))::uuid
cross join lateral (
    select coalesce(array_to_tsvector(array_agg(t.token)), '') as search
    from bench_word t where hashint8(n::bigint * 31 + t.place) / 4294967296.0 + 0.5 < t.rate
        and (t.word <> %(of_old)s or n < %(facts)s / 5)
) w
"""
_FILES = """
insert into cases_sealedfile (id, visible_to, received_from, bound_purpose, case_id, name,
    media_type, size, sha256, stored_as, shown_as, shown_type, warnings, marks, secrecy, state,
    made_by_name, made_at, search)
select md5('file' || n)::uuid, c.visible_to, '', '', c.id, 'fil ' || n, 'application/pdf', 1, '',
    md5(n::text), '{}', '', '[]', '{}', '{}', 'current', 'Person', c.changed_at,
    (select s.search from bench_sentence s where s.nr = (n * 7001) %% %(sentences)s)
from generate_series(1::bigint, %(cases)s / 2) n join cases_case c on c.id = md5('case' || n)::uuid
"""
_QUESTIONS = """
insert into disclosures_question (id, visible_to, exchange, side, state, asker, asker_name,
    asker_number, holder, case_id, matter, purpose, about, text, made_at, answer_words,
    refusal_grounds, law, search)
select md5('question' || n)::uuid, c.visible_to, md5('exchange' || n)::uuid, 'asked', 'sent',
    c.agency, 'Person', '', 'SKV', c.id, c.matter, 'control', '', '', c.changed_at, '', '{}', '{}',
    (select s.search from bench_sentence s where s.nr = (n * 4001) %% %(sentences)s)
from generate_series(1::bigint, %(cases)s / 4) n join cases_case c on c.id = md5('case' || n)::uuid
"""


def fill(owner: Database, *, facts: int, cases: int, entities: int, tell: Tell) -> None:
    """Fill an empty hub; the indexes are made when the rows are there."""
    sizes = {
        "facts": facts,
        "cases": cases,
        "entities": entities,
        "agencies": list(AGENCIES),
        "sentences": SENTENCES,
        "of_old": OF_OLD,
        "step": 140_000_000 // cases,
        "fact_step": 140_000_000 / facts,
    }
    with owner.transaction():
        owner.execute("set local session_replication_role = replica")
        for index in _INDEXES:
            owner.execute(f"drop index {index}")
        _words(owner)
        for name, statement in (
            ("cases", _CASES),
            ("entities", _ENTITIES),
            ("files", _FILES),
            ("questions", _QUESTIONS),
        ):
            tell(name)
            owner.execute(statement, sizes)
        for first in range(1, facts + 1, 100_000):
            tell(f"facts from {first}")
            last = min(first + 99_999, facts)
            owner.execute(_FACTS, {**sizes, "first": first, "last": last})
        owner.execute("drop table bench_sentence, bench_word")
    tell("indexes")
    apply_policies(owner)
    tell("statistics")
    owner.execute("vacuum analyze")


def restricted_keys(agency: str, cases: int, most: int) -> tuple[str, ...]:
    """Keys of some of an agency's restricted cases."""
    place = AGENCIES.index(agency)
    found = [
        f"{agency}/case/{UUID(hashlib.md5(f'case{n}'.encode(), usedforsecurity=False).hexdigest())}"
        for n in range(97, cases + 1, 97)
        if n % 9 == place
    ]
    return tuple(found[:most])


def _words(owner: Database) -> None:
    chance = random.Random(11)
    words = ["".join(chance.choices(_PIECES, k=chance.randint(2, 5))) for _ in range(6000)]
    weights = [1 / (rank + 20) for rank in range(len(words))]
    owner.execute("create temp table bench_sentence (nr int primary key, search tsvector)")
    owner.execute("create temp table bench_word (place int, word text, token text, rate float8)")
    with owner.cursor() as cursor:
        cursor.executemany(
            "insert into bench_sentence values (%s, array_to_tsvector(%s))",
            [
                (
                    n,
                    list(
                        index_tokens(" ".join(chance.choices(words, weights, k=WORDS_A_SENTENCE)))
                    ),
                )
                for n in range(SENTENCES)
            ],
        )
        rates = {**RATES, OF_OLD: 1 / 5}
        cursor.executemany(
            "insert into bench_word values (%s, %s, %s, %s)",
            [
                (place, word, token, rate)
                for place, (word, rate) in enumerate(rates.items())
                for token in index_tokens(word)
            ],
        )
    owner.execute("analyze bench_sentence")
