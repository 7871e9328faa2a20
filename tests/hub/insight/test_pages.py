"""Every page of oversight: it opens, costs few statements, in both languages, and for whom."""

from __future__ import annotations

from django.urls import reverse

from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.insight.scene import Office

AUDITOR = ("overview", "log", "checks", "anomalies", "access", "why")
LAWYER = ("overview", "retention", "releases", "release-new")


def test_each_page_opens_within_the_statements_it_may_take(office: Office) -> None:
    auditor, lawyer = office.client(office.auditor), office.client(office.lawyer)
    for client, names in ((auditor, AUDITOR), (lawyer, LAWYER)):
        for name in names:
            answer, count = statements(client, reverse(f"insight:{name}"))
            assert answer.status_code == 200, name
            assert count <= MOST_STATEMENTS, (name, count)
            print(name, count)


def test_each_page_is_in_both_languages(office: Office) -> None:
    for account, names in ((office.auditor, AUDITOR), (office.lawyer, LAWYER)):
        client = office.client(account)
        for language in ("sv", "en"):
            for name in names:
                answer = client.get(
                    reverse(f"insight:{name}"), headers={"accept-language": language}
                )
                assert f'<html lang="{language}"' in answer.content.decode(), name
