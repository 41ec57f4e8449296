"""
As whom the program touches the state: root becomes the state directory's owner, so that nothing there ever belongs to root.
"""

from __future__ import annotations

import os
import pwd
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: What the owner's group may read, as the unit has it; nobody else may read anything.
_UMASK = 0o027


def step_down(state_dir: Path) -> None:
    """
    Become the owner of the state directory, for good, where root runs a command on somebody else's.

    A database file made by root could no longer be written by the service.
    """
    if os.geteuid() != 0 or not state_dir.is_dir():
        return
    owner = state_dir.stat()
    if owner.st_uid == 0:
        return
    groups = [owner.st_gid]
    with suppress(KeyError):
        person = pwd.getpwuid(owner.st_uid)
        groups = os.getgrouplist(person.pw_name, person.pw_gid)
    os.setgroups(groups)
    os.setresgid(owner.st_gid, owner.st_gid, owner.st_gid)
    os.setresuid(owner.st_uid, owner.st_uid, owner.st_uid)
    os.umask(_UMASK)
