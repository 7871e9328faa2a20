"""Does everybody see exactly what they may, whatever happens?"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hub.isolation.machine import Isolation
from tests.hub.support import HubServer

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_everybody_sees_exactly_what_they_may(hub_server: HubServer) -> None:
    machine = type("Isolated", (Isolation,), {"server": hub_server})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=SLOW,
            # A step takes a real database a while: the first failing story is told as it is.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
