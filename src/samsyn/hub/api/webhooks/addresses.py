"""To which addresses may the hub connect? Public ones over HTTPS, and those an operator has named.

INVARIANT: the address that is connected to is one that was checked: a name is resolved once, and
whatever it means a moment later leads nowhere.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

import msgspec

from samsyn.kernel.text import Text

LONGEST = 300
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")

Resolve = Callable[[str, int], list[str]]


class Unreachable(Exception):
    """An address that the hub does not connect to.

    Attributes:
        said: why, and what to do.
    """

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.en)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message goes.

    Attributes:
        path: path and query.
    """

    host: str
    port: int
    path: str


def read_target(address: str) -> Target:
    """An address as it is written.

    Raises:
        Unreachable: if it is no plain HTTPS address.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        raise Unreachable(_FORM) from None
    host = (parts.hostname or "").lower()
    plain = address.isascii() and address.isprintable() and " " not in address
    if (
        not plain
        or len(address) > LONGEST
        or parts.scheme != "https"
        or parts.username is not None
        or parts.password is not None
        or parts.fragment
        or not _HOST.fullmatch(host)
    ):
        raise Unreachable(_FORM)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host=host, port=port, path=path)


_FORM = Text(
    sv="Ange en adress som https://hej.example.se/samsyn, utan lösenord och med ett värdnamn.",
    en="Give an address such as https://hi.example.se/samsyn, without a password and with the name "
    "of a host.",
)


def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name means now."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(
    target: Target, allowed: Collection[str], names: Resolve = resolve
) -> list[str]:
    """The addresses of a target, all of which may be connected to.

    Args:
        target: where to.
        allowed: hosts that an operator lets through although they are inside the own network.
        names: how names are resolved.

    Raises:
        Unreachable: if the name means nothing, or one of its addresses is inside a network.
    """
    try:
        addresses = names(target.host, target.port)
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise Unreachable(
            Text(
                sv=f"{target.host} har ingen adress; kontrollera namnet.",
                en=f"{target.host} has no address; check the name.",
            )
        )
    if target.host not in allowed and not all(is_public(address) for address in addresses):
        raise Unreachable(
            Text(
                sv=f"{target.host} ligger i ett inre nät, dit hubben inte sänder. Den som driver "
                "hubben kan släppa fram värden med SAMSYN_WEBHOOK_HOSTS.",
                en=f"{target.host} lies inside a network, where the hub does not send. Whoever "
                "runs the hub may let the host through by SAMSYN_WEBHOOK_HOSTS.",
            )
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an address is one that anybody on the internet may be at."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        # Translated addresses (NAT64) may mean anything of IPv4.
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast
