"""Are the routes of small instances the best ones, and is each wrong route refused?"""

from __future__ import annotations

import gzip
import time
from itertools import permutations
from pathlib import Path

import pytest

from samsyn.cli.main import main
from samsyn.kernel.faults import FaultyFiles
from samsyn.plan.routes.checking import check_routes
from samsyn.plan.routes.gathering import gather
from samsyn.plan.routes.instance import Routing, read_routing
from samsyn.plan.routes.searching import Until, improve
from samsyn.plan.routes.written import routes_in, written

SOLOMON = """S5

VEHICLE
NUMBER     CAPACITY
  2          10

CUSTOMER
CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

 0  0  0  0  0  200  0
 1  3  4  4  0  100  5
 2  6  8  4  0  100  5
 3  -3  4  4  20  60  5
 4  -6  8  4  0  100  5
"""

PRIZES = """NAME : P6
TYPE : PCVRPTW
VEHICLES : 2
CAPACITY : 10
SERVICE_TIME : 1
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
4 -3 4
5 90 0
6 1 1
DEMAND_SECTION
1 0
2 3
3 3
4 3
5 3
6 3
TIME_WINDOW_SECTION
1 0 100
2 0 50
3 0 50
4 0 50
5 0 95
6 0 2
PRIZE_SECTION
1 0
2 30
3 30
4 2
5 20
6 1
DEPOT_SECTION
1
-1
EOF
"""


def instance(tmp_path: Path, text: str = PRIZES, name: str = "x.vrp") -> Routing:
    file = tmp_path / name
    file.write_text(text)
    return read_routing(file, "en")


def until(seconds: float = 0.3) -> Until:
    return Until(time.monotonic() + seconds, time.monotonic)


def best_by_trying(routing: Routing) -> int:
    """Of all orders of all sites, cut in all ways among two vehicles, with any left out."""
    sites = range(1, len(routing.demands))
    costs = []
    for count in range(len(sites) + 1):
        for order in permutations(sites, count):
            for cut in range(count + 1):
                checked = check_routes(routing, [order[:cut], order[cut:]])
                if not checked.broken:
                    costs.append(checked.cost)
    return min(costs)


@pytest.mark.parametrize(("text", "name"), [(PRIZES, "x.vrp"), (SOLOMON, "x.txt")])
def test_the_best_routes_of_a_small_instance_are_found(
    tmp_path: Path, text: str, name: str
) -> None:
    routing = instance(tmp_path, text, name)
    routes = improve(routing, gather(routing), seed=1, until=until())
    checked = check_routes(routing, routes)
    assert not checked.broken
    assert checked.cost == best_by_trying(routing)


def test_gathered_routes_pay_and_can_be_driven(tmp_path: Path) -> None:
    routing = instance(tmp_path)
    routes = gather(routing)
    assert routes
    checked = check_routes(routing, routes)
    assert not checked.broken
    assert checked.cost < check_routes(routing, []).cost


def test_the_cost_is_counted_in_tenths(tmp_path: Path) -> None:
    routing = instance(tmp_path)
    checked = check_routes(routing, [[1, 2]])
    # 5 + 5 + 10 of way, and the prizes 2, 20 and 1 that nobody collects.
    assert (checked.distance, checked.missed, checked.visited) == (200, 230, 2)
    assert check_routes(instance(tmp_path, SOLOMON, "x.txt"), [[3, 4], [1, 2]]).cost == 400


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        ([[1, 1]], "is visited 2 times"),
        ([[1], [1]], "is visited 2 times"),
        ([[7]], "does not exist"),
        ([[0]], "does not exist"),
        ([[1], [2], [3]], "more routes than 2"),
        ([[1, 2, 3, 5]], "loads 12, at most 10"),
        ([[1, 5]], "reaches site 5 too late"),
        ([[4]], "reaches site 0 too late"),
    ],
)
def test_each_broken_rule_is_named(tmp_path: Path, routes: list[list[int]], said: str) -> None:
    broken = check_routes(instance(tmp_path), routes).broken
    assert any(said in text.en for text in broken)


def test_all_sites_must_be_visited_where_there_are_no_prizes(tmp_path: Path) -> None:
    broken = check_routes(instance(tmp_path, SOLOMON, "x.txt"), [[1, 2]]).broken
    assert [text.en for text in broken] == ["2 sites are not visited"]


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    routing = instance(tmp_path)
    text = written(routing, [[1, 2], [3]])
    assert routes_in(text) == [[1, 2], [3]]
    assert text.endswith("Cost 510\n")
    with pytest.raises(ValueError, match="Route #1: 1 x"):
        routes_in("Route #1: 1 x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "missing"),
        (PRIZES.replace("VEHICLES", "CARS"), "VEHICLES is missing"),
        (PRIZES.replace("3 6 8", "3 6"), "lacks the numbers expected: 3 6"),
        (PRIZES.replace("6 0 2\n", ""), "TIME_WINDOW"),
        (SOLOMON.replace("-3  4  4", "-3  4  x"), "lacks the numbers"),
    ],
)
def test_a_faulty_file_says_what_is_missing(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FaultyFiles, match=said):
        instance(tmp_path, text)


def test_the_command_writes_what_it_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "x.vrp.gz", tmp_path / "x.sol"
    file.write_bytes(gzip.compress(PRIZES.encode()))
    call = ["plan", "routes", str(file), "--lang", "en"]
    assert main([*call, "--seconds", "1", "--workers", "1", "--out", str(out)]) == 0
    assert main([*call, "--check", str(out)]) == 0
    assert "P6: cost 420, 1 routes, 3 of 5 sites" in capsys.readouterr().out
    out.write_text("Route #1: 1 2 3 5\n")
    assert main([*call, "--check", str(out)]) == 3
    assert "The routes cannot be driven: " in capsys.readouterr().out
    out.write_text("nothing")
    assert main([*call, "--check", str(out)]) == 2
    assert "write a line such as" in capsys.readouterr().err


def test_two_processes_find_routes_together(tmp_path: Path) -> None:
    file, out = tmp_path / "x.txt", tmp_path / "x.sol"
    file.write_text(SOLOMON)
    assert main(["plan", "routes", str(file), "--seconds", "4", "--out", str(out)]) == 0
    assert not check_routes(read_routing(file, "en"), routes_in(out.read_text())).broken
