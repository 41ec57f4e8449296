"""
As whom the program touches the state: root becomes the state directory's owner, so that nothing there ever belongs to root.
"""

from __future__ import annotations

import atexit
import os
import pwd
import stat
import sys
from contextlib import suppress
from pathlib import Path

#: What the owner's group may read, as the unit has it; nobody else may read anything.
_UMASK = 0o027
#: The log lets its group read, as the service would have made it.
_LOG_MODE = 0o640


def step_down(state_dir: Path) -> None:
    """
    Become the owner of the state directory, for good, where root runs a command on somebody else's.

    Where that user may not read the program itself (an interpreter in /root), root goes on and hands over at the end what it has made.
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
    os.umask(_UMASK)
    if not all(_may_read(path, owner.st_uid, groups) for path in (Path(sys.prefix), Path(sys.base_prefix), Path(__file__))):
        atexit.register(hand_over, state_dir)
        return
    os.setgroups(groups)
    os.setresgid(owner.st_gid, owner.st_gid, owner.st_gid)
    os.setresuid(owner.st_uid, owner.st_uid, owner.st_uid)


def _may_read(path: Path, uid: int, groups: list[int]) -> bool:
    return all(_is_open(place.stat(), uid, groups) for place in (path, *path.parents))


def _is_open(status: os.stat_result, uid: int, groups: list[int]) -> bool:
    needed = stat.S_IRUSR if status.st_uid == uid else stat.S_IRGRP if status.st_gid in groups else stat.S_IROTH
    if stat.S_ISDIR(status.st_mode):
        needed >>= 2  # the bit to pass through
    return bool(status.st_mode & needed)


def hand_over(state_dir: Path) -> None:
    """
    Give what root has left in the state directory to its owner; a second name of a file elsewhere is left alone.
    """
    owner = state_dir.stat()
    for folder, folders, names in os.walk(state_dir):
        for path in (Path(folder) / name for name in (*folders, *names)):
            with suppress(FileNotFoundError):
                status = path.lstat()
                if status.st_uid == 0 and (stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1)):
                    os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
    for path in state_dir.glob("watchdog.db*"):
        with suppress(FileNotFoundError):
            path.chmod(_LOG_MODE)
