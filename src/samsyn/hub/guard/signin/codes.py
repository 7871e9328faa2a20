"""How does the secret of a code app get into the app: as a picture or as letters?"""

from __future__ import annotations

import base64

from allauth.mfa.adapter import get_adapter

from samsyn.hub.guard.models import Account


def code_picture(account: Account, secret: str) -> str:
    """The address of a picture that a code app reads."""
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
