"""What does a Swedish statute say at a cited place on a given day, and does the place exist?

``StatuteLibrary.open(folder)`` then ``show(citation, day)`` or ``prove(citation, day)``.
"""

from samsyn.law.statutes.answers import (
    ActListing,
    Certainty,
    Passage,
    Proof,
    TextNotFound,
    Verdict,
    VersionListing,
)
from samsyn.law.statutes.library import StatuteLibrary

__all__ = [
    "ActListing",
    "Certainty",
    "Passage",
    "Proof",
    "StatuteLibrary",
    "TextNotFound",
    "Verdict",
    "VersionListing",
]
