"""Which letters and decisions go with a question or a disclosure, as documents to keep and send?

Each is a PDF that everyone can read and an archive can keep (see :mod:`samsyn.documents`), made
from the same rows as its page shows and with the same limits:

- the request as it was sent (``request.typ``),
- the decision to disclose (``decision.typ``), the giver's own,
- the cover letter to the receiver (``cover.typ``), without the giver's weighing,
- the decision to refuse (``refusal.typ``), of a question or of a disclosure,
- the notice of recall (``recall.typ``), without the giver's reason.
"""
