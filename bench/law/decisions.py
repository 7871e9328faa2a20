"""What does one explained decision cost, here and in two general engines with the same rules?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.law.engines import Casbin, Cedar, Decide
from bench.law.measure import Line, Section, cpu
from bench.law.rule_set import Row, is_open, questions, reduced_rulebook, rows_of
from samsyn.law import Question, Rulebook
from samsyn.law.item_class import ItemClass, Situation
from samsyn.law.tables import Tables

LIMIT_MICROSECONDS = 2.0
LIMIT_CEDAR = 40.0
LIMIT_CASBIN = 60.0
LOOPS = 20

Cell = tuple[Tables, ItemClass, Situation]


def measure() -> list[Section]:
    """Check that all three engines agree, then time them in turn."""
    rulebook = reduced_rulebook()
    rows = rows_of(rulebook)
    asked = questions(rulebook)
    expected = [is_open(rulebook, question) for question in asked]
    cells = cells_of(rulebook, asked)
    cedar, casbin = Cedar(rows), Casbin(rows)
    deciders: dict[str, list[Decide]] = {
        "tables": [_from_table(cell) for cell in cells],
        "cedar": [cedar.prepare(question) for question in asked],
        "casbin": [casbin.prepare(question) for question in asked],
    }
    sets, plain = Cedar(rows, groups=False), Casbin(rows, spelled_out=False)
    deciders["cedar with sets"] = [sets.prepare(question) for question in asked]
    deciders["casbin as written"] = [plain.prepare(question) for question in asked]
    for name, each in deciders.items():
        assert [decide() for decide in each] == expected, f"{name} answers otherwise"
    _same_grounds(rulebook, rows, asked)
    own = _own(rulebook, asked, cells)
    others = _others(deciders, cedar, asked)
    return [_section(rulebook, rows, own, others)]


def cells_of(rulebook: Rulebook, asked: list[Question]) -> list[Cell]:
    """The cell of each question, in the tables of its epoch."""
    tables = {rulebook.epoch(question.on): rulebook.compile(question.on) for question in asked}
    return [
        (
            found := tables[rulebook.epoch(question.on)],
            found.item_class(**item_fields(question)),
            found.situation(**situation_fields(question)),
        )
        for question in asked
    ]


def item_fields(question: Question) -> dict[str, Any]:
    """What a question says of the item."""
    return {
        "giver": question.giver,
        "secrecy": list(question.secrecy or ()),
        "facts": dict(question.facts),
    }


def situation_fields(question: Question) -> dict[str, Any]:
    """What a question says of the situation."""
    return {
        "receiver": question.receiver,
        "purpose": question.purpose,
        "initiative": question.initiative,
    }


def _from_table(cell: Cell) -> Decide:
    tables, item_class, situation = cell
    ask = tables.ask
    return lambda: ask(item_class, situation).outcome != "must_not"


def _same_grounds(rulebook: Rulebook, rows: list[Row], asked: list[Question]) -> None:
    """The reasons agree too: the rule we cite is one of those that fit."""
    for question in asked:
        answer = rulebook.ask(question)
        fitting = {
            row.cite
            for row in rows
            if row.first <= question.on < row.after
            and question.giver in row.givers
            and question.receiver in row.receivers
            and question.purpose in row.purposes
            and row.initiative in ("both", question.initiative)
            and (question.secrecy or ("",))[0] in row.secrecy
        }
        assert not fitting or answer.grounds[0] in fitting, question


def _own(rulebook: Rulebook, asked: list[Question], cells: list[Cell]) -> dict[str, float]:
    """CPU microseconds of one decision of ours, by the way it is asked."""
    raw = [
        {
            **item_fields(question),
            **situation_fields(question),
            "on": question.on.isoformat(),
        }
        for question in asked
    ]
    bound = [(tables.ask, item, situation) for tables, item, situation in cells]
    for question in asked:
        assert rulebook.ask(question).steps

    def by_table() -> None:
        for _ in range(LOOPS):
            for ask, item, situation in bound:
                answer = ask(item, situation)
                answer.outcome, answer.grounds, answer.steps  # noqa: B018

    def by_question() -> None:
        ask = rulebook.ask
        for _ in range(LOOPS):
            for question in asked:
                answer = ask(question)
                answer.outcome, answer.grounds, answer.steps  # noqa: B018

    def read_anew() -> None:
        for fields in raw:
            answer = rulebook.ask(rulebook.read(fields))
            answer.outcome, answer.grounds, answer.steps  # noqa: B018

    def table_anew() -> None:
        for tables, question in zip((cell[0] for cell in cells), asked, strict=True):
            item = tables.item_class(**item_fields(question))
            answer = tables.ask(item, tables.situation(**situation_fields(question)))
            answer.outcome, answer.grounds, answer.steps  # noqa: B018

    count = len(asked)
    return {
        "tables": _each(by_table, count * LOOPS),
        "ask": _each(by_question, count * LOOPS),
        "read anew": _each(read_anew, count),
        "table anew": _each(table_anew, count),
        "cold": _cold(rulebook, asked, explained=False),
        "cold explained": _cold(rulebook, asked, explained=True),
    }


def _each(work: Callable[[], object], count: int) -> float:
    return cpu(work).each(count).median * 1e6


def _cold(rulebook: Rulebook, asked: list[Question], *, explained: bool) -> float:
    """The interpreter on questions it has not met; which rules hold on the days is known."""
    fresh: list[Rulebook] = []

    def prepare() -> None:
        fresh[:] = [Rulebook(rulebook.content, rulebook.version)]
        for question in asked:
            fresh[0].epoch(question.on)

    def work() -> None:
        for question in asked:
            answer = fresh[0].ask(question)
            if explained:
                answer.steps  # noqa: B018

    return cpu(work, before=prepare, runs=3).each(len(asked)).median * 1e6


def _others(
    deciders: dict[str, list[Decide]], cedar: Cedar, asked: list[Question]
) -> dict[str, float]:
    def run(each: list[Decide]) -> Callable[[], None]:
        def work() -> None:
            for decide in each:
                decide()

        return work

    found = {}
    for name, each in deciders.items():
        few = each[:100] if name == "casbin as written" else each
        found[name] = _each(run(few), len(few))
    requests = [cedar.request(question) for question in asked]
    found["cedar in one call"] = _each(lambda: cedar.decide_all(requests), len(asked))
    return found


def _section(
    rulebook: Rulebook, rows: list[Row], own: dict[str, float], others: dict[str, float]
) -> Section:
    fastest_cedar = min(value for name, value in others.items() if name.startswith("cedar"))
    unit = "µs CPU"
    lines = [
        Line("`tables.ask`, explained, warm", own["tables"], unit, LIMIT_MICROSECONDS),
        Line("`rulebook.ask`, explained, warm", own["ask"], unit, LIMIT_MICROSECONDS),
        Line("`rulebook.read` of the fields, then `ask`", own["read anew"], unit),
        Line("class and situation made anew, then `tables.ask`", own["table anew"], unit),
        Line("interpreter, question not met before", own["cold"], unit),
        Line("the same with its explanation", own["cold explained"], unit),
        Line("cedarpy, groups in the entity store", others["cedar"], unit),
        Line("cedarpy, many questions in one call", others["cedar in one call"], unit),
        Line("cedarpy, sets in the conditions", others["cedar with sets"], unit),
        Line("casbin, fast enforcer, rules spelled out", others["casbin"], unit),
        Line("casbin, rules as written", others["casbin as written"], unit),
        _ratio("cedarpy at its fastest / `tables.ask`", fastest_cedar, own["tables"], LIMIT_CEDAR),
        _ratio(
            "casbin at its fastest / `tables.ask`", others["casbin"], own["tables"], LIMIT_CASBIN
        ),
        _ratio("cedarpy at its fastest / interpreter, new question", fastest_cedar, own["cold"]),
        _ratio("casbin at its fastest / interpreter, new question", others["casbin"], own["cold"]),
        _ratio("casbin, rules as written / interpreter", others["casbin as written"], own["cold"]),
    ]
    about = (
        f"{len(rulebook.content.blocks)} dated breaking rules of the packaged rulebook, "
        f"{len(rows)} policies, 2,000 questions, half of them answered with yes. All engines gave "
        "the same answer to every question before anything was timed. Cedar's policy set and "
        "entities and casbin's model are parsed before the clock starts, and the questions stand "
        "ready in each engine's own form. Our warm figures are look-ups of answers that were "
        "worked out once, with every step of the reasoning; the other two keep no answers and "
        "give yes or no (Cedar also the policies), so the interpreter's own figure stands beside."
    )
    return Section("One decision", about, lines)


def _ratio(what: str, other: float, own: float, limit: float | None = None) -> Line:
    return Line(what, other / own, "times", limit, at_least=True)
