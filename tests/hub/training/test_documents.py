"""Do the documents of the demo come in by the act that every document comes in by?"""

from __future__ import annotations

from pathlib import Path

from django.test import override_settings

from samsyn.hub.guard import log_audit
from samsyn.hub.training.documents import add_documents
from samsyn.hub.training.load import load_training
from tests.hub.support import TODAY, HubServer


def test_notes_and_photographs_lie_sealed_in_cases(hub_server: HubServer, tmp_path: Path) -> None:
    with hub_server.hub() as hub, override_settings(SAMSYN_FILES_DIR=tmp_path / "files"):
        with hub.owner() as owner:
            load_training(owner, scale=0.05, today=TODAY)
        assert add_documents(TODAY) == 8
        with hub.owner() as owner:
            found = owner.execute(
                "select media_type, count(*), min(cardinality(shown_as)) from cases_sealedfile "
                "where visible_to in ('AV', 'SKV') group by 1 order by 1"
            ).fetchall()
            assert found == [("application/pdf", 4, 1), ("image/png", 4, 1)]
            assert log_audit.verify(owner, {}).sound
