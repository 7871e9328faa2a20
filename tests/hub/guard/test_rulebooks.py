"""Does the whole process work by one rulebook, and does a test get its own for a while?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from samsyn.hub.guard.organisation import Organisation, load_organisation
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook, use_rulebook
from samsyn.law import Rulebook


@pytest.fixture(scope="module")
def other() -> tuple[Rulebook, Organisation]:
    rulebook = Rulebook.load()
    return rulebook, load_organisation(rulebook)


def test_it_is_read_once_for_all_threads() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(lambda _: id(current_organisation()), range(8)))
    assert found == {id(current_organisation())}
    assert current_rulebook() is current_rulebook()


def test_another_is_used_in_all_threads_while_the_block_runs(
    other: tuple[Rulebook, Organisation],
) -> None:
    before = current_rulebook(), current_organisation()
    with use_rulebook(*other), ThreadPoolExecutor(1) as threads:
        assert current_rulebook() is other[0]
        assert threads.submit(current_organisation).result() is other[1]
    assert (current_rulebook(), current_organisation()) == before


def test_a_block_that_fails_gives_back_what_was_used(
    other: tuple[Rulebook, Organisation],
) -> None:
    before = current_rulebook()
    with pytest.raises(RuntimeError, match="broken"), use_rulebook(*other):
        raise RuntimeError("broken")
    assert current_rulebook() is before
