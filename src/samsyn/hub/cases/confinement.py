"""What may the process that opens foreign files still do, once it is confined?

It reads its input and writes its output. Each fence is put up where the system has it, and the
process reports which stand: limits on memory, time, files and size everywhere; no network where a
namespace can be had; no file but the fonts where the kernel knows Landlock (Linux 5.13).
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts")

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _DUMPABLE = 38, 4
_CREATE_RULESET, _ADD_RULE, _RESTRICT = 444, 445, 446
_PATH_BENEATH = 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS_OF_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}


def confine(*, memory: int, seconds: int, output: int) -> list[str]:
    """Put up every fence there is; returns the names of those that stand.

    Args:
        memory: largest address space, in octets.
        seconds: of processor time.
        output: octets in any one file that it writes.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    standing = ["limits"]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if _without_network(libc):
            standing.append("network")
        if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and _without_files(libc):
            standing.append("files")
        libc.prctl(_DUMPABLE, 0, 0, 0, 0)
    # As root this holds nobody back, elsewhere nothing can be started from here on.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    return standing


def _without_network(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace of our own, in which there is nothing."""
    return any(libc.unshare(spaces) == 0 for spaces in (_NEW_USER | _NEW_NET, _NEW_NET))


def _without_files(libc: ctypes.CDLL) -> bool:
    """Let no file be opened any more except fonts."""
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    rights = _RIGHTS_OF_VERSION[min(version, 3)]
    attributes = ctypes.create_string_buffer(struct.pack("=Q", rights), 8)
    rules = libc.syscall(_CREATE_RULESET, attributes, 8, 0)
    if rules < 0:
        return False
    for folder in FONTS:
        try:
            handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        beneath = struct.pack("=Qi", _READ_FILE | _READ_FOLDER, handle)
        libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.create_string_buffer(beneath, 12), 0)
        os.close(handle)
    held = bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    os.close(rules)
    return held
