"""
The units as they are installed: the shipped ones, made to fit the environment the program runs from and the settings it has.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

#: What the shipped units say; each stands there once.
_PROGRAM = "/opt/preorder-watchdog/bin/preorder-watchdog"
_CREDENTIALS = "LoadCredential=preorder:/etc/preorder-watchdog/credentials"
_HOME = "ProtectHome=yes"
_SILENT = "SocketBindDeny=any"
_REVIEW_PORT = "SocketBindAllow=tcp:8765"
#: What ProtectHome= and PrivateTmp= hide.
_HIDDEN = tuple(map(Path, ("/home", "/root", "/run/user", "/tmp", "/var/tmp")))  # noqa: S108 - places that are looked for, not written to
_WRITTEN = (
    "# Written by `preorder-watchdog service install`; changes belong into a drop-in (`systemctl edit`), the next install rewrites it.\n"
)

DAEMON = "preorder-watchdog.service"
REVIEW = "preorder-watchdog-review.service"


@dataclass(frozen=True, slots=True)
class Fitting:
    """
    What a machine's units must fit.
    """

    program: Path  #: the command of the environment the program runs from
    reads: tuple[Path, ...] = ()  #: folders it reads that may lie where the sandbox hides them
    writes: tuple[Path, ...] = ()  #: folders beside the state directory it writes to
    secrets: tuple[str, ...] = ()  #: names of the credential files there are
    metrics_port: int | None = None
    review_port: int | None = None


def shipped(name: str) -> str:
    """
    Return a file of ``systemd/``: inside the installed wheel, else beside the package.
    """
    package = Path(str(files("watchdog")))
    inside = package / "_systemd"
    return ((inside if inside.is_dir() else package.parent / "systemd") / name).read_text(encoding="utf-8")


def program() -> Path:
    """
    Return the command of the environment this program runs from.
    """
    return Path(sys.prefix) / "bin" / "preorder-watchdog"


def own_folders() -> tuple[Path, ...]:
    """
    Return what the program itself is read from: its environment, the interpreter behind it, and the package's folder.
    """
    package = Path(str(files("watchdog")))
    return tuple(dict.fromkeys((Path(sys.prefix), Path(sys.base_prefix), package.parent)))


def for_system(name: str, fitting: Fitting) -> str:
    """
    Return the unit for the whole system.
    """
    text = _of(name, fitting)
    text = text.replace(_CREDENTIALS, "\n".join(_credential(secret) for secret in fitting.secrets) or "# (there are none yet)")
    text = text.replace(_HOME, "\n".join(_sight(fitting)))
    if name == REVIEW:
        return text.replace(_REVIEW_PORT, f"SocketBindAllow=tcp:{fitting.review_port}")
    if fitting.metrics_port is not None:
        text = text.replace(
            _SILENT, f"{_SILENT}\n# /metrics and /health, on this machine only.\nSocketBindAllow=tcp:{fitting.metrics_port}"
        )
    return text


def for_user(fitting: Fitting) -> str:
    """
    Return the unit for one user's own systemd.
    """
    return _of(f"user/{DAEMON}", fitting)


def _of(name: str, fitting: Fitting) -> str:
    text = shipped(name)
    return (_WRITTEN + text[text.index("\n[Unit]") :]).replace(_PROGRAM, str(fitting.program))


def _credential(secret: str) -> str:
    return f"LoadCredential=preorder_{secret}:/etc/preorder-watchdog/credentials/{secret}"


def _sight(fitting: Fitting) -> list[str]:
    """
    Return what the sandbox shows of what it would hide: the program alone where it lies in a home, and folders that are set.
    """
    shown = [path for path in fitting.reads if is_hidden(path)]
    written = [path for path in fitting.writes if is_hidden(path)]
    lines = ["ProtectHome=tmpfs" if shown or written else _HOME]
    lines += [f"BindReadOnlyPaths={path}" for path in shown]
    lines += [f"BindPaths={path}" for path in written]
    return lines + [f"ReadWritePaths={path}" for path in fitting.writes]


def is_hidden(path: Path) -> bool:
    """
    Say whether the sandbox hides the path.
    """
    return any(path.is_relative_to(place) for place in _HIDDEN)
