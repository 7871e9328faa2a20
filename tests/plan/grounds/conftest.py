"""The packaged grounds, and a plan that holds."""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.law.loading import packaged_folder
from samsyn.plan.grounds import Grounds, OperationPlan, Participant, load_grounds

DAY = date(2026, 12, 3)


@pytest.fixture(scope="session")
def grounds() -> Grounds:
    return load_grounds(packaged_folder())


@pytest.fixture
def sound() -> OperationPlan:
    """The work environment authority controls, helped by the police; the tax agency visits."""
    return OperationPlan(
        day=DAY,
        type="single",
        place="workplace",
        lead="AV",
        participants=(
            Participant(who="A", agency="AV", ground="av_work_environment"),
            Participant(
                who="P",
                agency="PM",
                ground="pm_assist_av",
                asked_by="AV",
                answers={"assistance_needed": True},
            ),
            Participant(
                who="S",
                agency="SKV",
                ground="skv_staff_register",
                answers={"register_duty": True, "visit_decided": True},
            ),
        ),
    )
