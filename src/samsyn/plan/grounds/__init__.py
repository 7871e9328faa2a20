"""On which legal ground does each one take part in a joint inspection, and does the plan hold?"""

from samsyn.plan.grounds.checking import Remark, check_grounds, held
from samsyn.plan.grounds.entries import (
    Condition,
    Guest,
    OperationPlan,
    OperationType,
    Participant,
    Power,
)
from samsyn.plan.grounds.loading import Grounds, load_grounds

__all__ = [
    "Condition",
    "Grounds",
    "Guest",
    "OperationPlan",
    "OperationType",
    "Participant",
    "Power",
    "Remark",
    "check_grounds",
    "held",
    "load_grounds",
]
