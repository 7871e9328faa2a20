"""What do all tables have in common whose rows not everybody may see?"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.policy import visible
from samsyn.hub.guard.refusals import Missing


class Protected(models.Model):
    """A row that only the holders of one access key see.

    There is no ``objects``: views and reads use :meth:`seen`; ``rows`` is for actions and jobs.

    Attributes:
        visible_to: access key, see :mod:`samsyn.hub.guard.policy`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visible_to = models.CharField(max_length=80)

    rows: ClassVar[models.Manager[Self]]
    rows = models.Manager()

    bound: ClassVar[bool] = False
    """Whether rows can be received ones, bound to a matter, a purpose and a last day."""

    class Meta:
        """Every protected table has its own policy in the policies.sql of its app."""

        abstract = True
        default_manager_name = "rows"
        base_manager_name = "rows"

    @classmethod
    def seen(cls, actor: Actor) -> models.QuerySet[Self]:
        """The rows that a person may see, in the matter and for the purpose acted for."""
        return cls.rows.filter(visible(actor, bound=cls.bound))

    @classmethod
    def seen_one(cls, actor: Actor, /, **where: object) -> Self:
        """The one row that answers, if the person may see it.

        Raises:
            Missing: if there is none, or if it is hidden; both look the same.
        """
        found = cls.seen(actor).filter(**where).first()
        if found is None:
            raise Missing
        return found


class Received(Protected):
    """A row that can have come from another agency, and is then bound.

    Attributes:
        received_from: code of the agency it came from; empty for the agency's own.
        bound_matter: the matter in which alone it may be read.
        bound_purpose: the purpose group for which alone it may be read.
        valid_to: last day on which it may be read.
    """

    received_from = models.CharField(max_length=20, blank=True)
    bound_matter = models.UUIDField(null=True)
    bound_purpose = models.CharField(max_length=60, blank=True)
    valid_to = models.DateField(null=True)

    bound: ClassVar[bool] = True

    class Meta:
        """As for every protected table."""

        abstract = True
        default_manager_name = "rows"
        base_manager_name = "rows"
