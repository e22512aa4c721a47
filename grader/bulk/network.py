"""Whether a Dask scheduler is reached where nobody else can speak to it (trusted side)."""

import ipaddress
from contextlib import suppress
from urllib.parse import urlsplit

from grader.core.errors import UsageError


def require_private(address: str) -> None:
    """Refuse a scheduler that others on the network could reach; raises UsageError."""
    if not _is_private(address):
        raise UsageError(
            f"Whoever can connect to the scheduler at {address} can run programs on its nodes, as "
            "their user, and read the key. Use tls://, or an address of this machine; "
            "--trusted-network says that nobody else is on this network."
        )


def _is_private(address: str) -> bool:
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        scheme, host = parts.scheme, parts.hostname or ""
    except ValueError:
        return False
    if scheme == "tls":
        return True
    with suppress(ValueError):
        return scheme == "tcp" and ipaddress.ip_address(host).is_loopback
    return scheme == "tcp" and host == "localhost"
