"""The garbage collector is given back as it was."""

from __future__ import annotations

import gc

import pytest

from samsyn.kernel.collecting import without_collector


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_given_back_even_after_a_fault(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        inside = without_collector()
        with inside:
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
        with pytest.raises(ZeroDivisionError), without_collector():
            _ = 1 / 0
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
