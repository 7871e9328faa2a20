"""What oversight does by night, as the jobs do it."""

from __future__ import annotations

import pytest
from django.conf import settings

from samsyn.hub.guard import seals
from samsyn.hub.guard.seal_keys import signing_key
from samsyn.hub.insight.jobs import LogUnsound, check_log_tonight, erase_disposed
from samsyn.hub.insight.models import LogCheck
from tests.hub.insight.scene import Office, raw_worker


def test_the_log_is_checked_and_a_fault_is_an_alarm(office: Office) -> None:
    seals.seal_all(raw_worker(), signing_key(settings.SAMSYN.log_signing_key))
    check_log_tonight(timestamp=0)
    assert LogCheck.rows.using("worker").get().sound
    office.looks(office.officer)
    office.changed("update guard_log_entry set act = 'x' where id = (select max(id) "
                   "from guard_log_entry)")  # fmt: skip
    with pytest.raises(LogUnsound, match="findings"):
        check_log_tonight(timestamp=0)
    # The result is kept all the same, where the auditor sees it.
    assert not LogCheck.rows.using("worker").order_by("-id")[0].sound


def test_nothing_to_erase_is_no_trouble(office: Office) -> None:
    erase_disposed(timestamp=0)
