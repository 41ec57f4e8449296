"""
Where settings are looked for, in one order: command line, credential files, environment, ``.env``, what systemd names, default.
"""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv.parser import parse_stream

from watchdog.settings.faults import Problem, unknown
from watchdog.settings.options import PREFIX, options

#: Names that say where to look for the others; they are no options themselves.
ENV_FILE = "PREORDER_ENV_FILE"
SECRETS_DIR = "PREORDER_SECRETS_DIR"
#: systemd's name for the folder of LoadCredential=, private to the service.
CREDENTIALS = "CREDENTIALS_DIRECTORY"
_HOUSE = "preorder-watchdog"
#: The service's secrets, which root's commands see without being told where they lie.
_SERVICE = Path("/etc") / _HOUSE / "credentials"
_PATHS = ("state_dir", "inbox_dir", "releases_file", "templates_dir", "backup_dir")


@dataclass(frozen=True, slots=True)
class Machine:
    """
    What the process was started with.
    """

    environ: Mapping[str, str]
    cwd: Path
    superuser: bool
    #: where containers get their secrets: Docker, Compose and Podman make them readable to all, and nobody else is in there
    sealed: Path = Path("/run/secrets")

    @property
    def home(self) -> Path:
        """
        The user's home; the password database is asked where the environment names none.
        """
        return Path(self.environ.get("HOME") or Path("~").expanduser())

    def path(self, text: str) -> Path:
        """
        Return the absolute path of a setting's text; ``~`` is the home, a relative one begins in the working folder.
        """
        return self.home / text[2:] if text.startswith("~/") else self.cwd / text


@dataclass(frozen=True, slots=True)
class Found:
    """
    What all places together say: of each option the text of the first place that has one.
    """

    texts: dict[str, str] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)
    searched: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def hear(self, where: str, texts: Mapping[str, str]) -> None:
        """
        Take over what no stronger place has said; an empty text says nothing.
        """
        for name, text in texts.items():
            if name not in options():
                self.problems.append(unknown(name, where))
            elif text.strip() and name not in self.texts:
                self.texts[name] = text if is_secret(name) else text.strip()
                self.came_from[name] = where


def gather(overrides: Mapping[str, str], machine: Machine) -> Found:
    """
    Return what is set, with every problem of the places themselves.
    """
    found = Found()
    env_file, dotenv = _read_env_file(machine, found)
    found.hear("command line", {name.removeprefix(PREFIX).lower(): text for name, text in overrides.items()})
    for folder in _secret_folders(machine, dotenv):
        _hear_folder(folder, machine, found)
    found.hear("environment", _ours(machine.environ))
    found.hear(str(env_file), _ours(dotenv))
    _hear_state_dir(machine, found)
    for name in _PATHS:
        if name in found.texts:
            found.texts[name] = str(machine.path(found.texts[name]))
    return found


def is_secret(name: str) -> bool:
    """
    Say whether the option's values are never shown.
    """
    return "SecretStr" in str(options()[name].annotation)


def _ours(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): text
        for name, text in texts.items()
        if name.startswith(PREFIX) and name not in {ENV_FILE, SECRETS_DIR}
    }


def _read_env_file(machine: Machine, found: Found) -> tuple[Path | None, dict[str, str]]:
    """
    Read the first ``.env`` there is; all are named with what became of them.
    """
    named = machine.environ.get(ENV_FILE, "")
    usual = (machine.cwd / ".env", machine.home / ".config" / _HOUSE / ".env", Path("/etc") / _HOUSE / ".env")
    places = (machine.path(named),) if named else usual
    read: Path | None = None
    for place in places:
        there = read is None and _is_there(place, named=bool(named))
        found.searched.append(f".env: {place} ({'read' if there else 'not there' if read is None else 'not looked at'})")
        read = place if there else read
    if read is None:
        found.problems.extend([Problem(str(places[0]), "file_absent")] if named else [])
        return None, {}
    return read, _parse_env_file(read, found)


def _is_there(place: Path, *, named: bool) -> bool:
    """
    Say whether there is a file to read; one behind a closed door (the service's own settings) is none, unless it was named.
    """
    try:
        return place.exists() and not place.is_dir()
    except PermissionError:
        return named


def _parse_env_file(path: Path, found: Found) -> dict[str, str]:
    """
    Return the file's texts as written: ``$`` stands for itself, so a password may hold one.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        found.problems.append(Problem(str(path), "file_unreadable", values={"why": type(error).__name__}))
        return {}
    except UnicodeDecodeError:
        found.problems.append(Problem(str(path), "file_not_utf8"))
        return {}
    bindings = list(parse_stream(io.StringIO(text)))
    found.problems.extend(
        Problem(str(path), "file_line", values={"number": binding.original.line}) for binding in bindings if binding.error
    )
    texts = {binding.key: binding.value or "" for binding in bindings if binding.key and not binding.error}
    _check_closed(path, _ours(texts), found)
    return texts


def _secret_folders(machine: Machine, dotenv: Mapping[str, str]) -> Iterator[Path]:
    named = (machine.environ.get(CREDENTIALS), machine.environ.get(SECRETS_DIR) or dotenv.get(SECRETS_DIR))
    yield from (machine.path(text) for text in named if text)
    if not any(named) and machine.superuser and _SERVICE.is_dir():
        yield _SERVICE


def _hear_folder(folder: Path, machine: Machine, found: Found) -> None:
    """
    Read ``preorder_smtp_password`` (secrets also as ``smtp_password``); files of other names belong to others.
    """
    found.searched.append(f"credential files: {folder} ({'read' if folder.is_dir() else 'not there'})")
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        fault = "file_absent" if isinstance(error, FileNotFoundError) else "file_unreadable"
        found.problems.append(Problem(str(folder), fault, values={"why": type(error).__name__}))
        return
    for path in files:
        name = path.name.lower().removeprefix(PREFIX.lower())
        if path.name.lower().startswith(PREFIX.lower()) or (name in options() and is_secret(name)):
            _hear_file(path, name, machine, found)


def _hear_file(path: Path, name: str, machine: Machine, found: Found) -> None:
    try:
        texts = {name: path.read_bytes().decode("utf-8-sig").rstrip("\r\n")}
    except OSError as error:
        found.problems.append(Problem(str(path), "file_unreadable", values={"why": type(error).__name__}))
    except UnicodeDecodeError:
        found.problems.append(Problem(str(path), "file_not_utf8"))
    else:
        if not path.is_relative_to(machine.sealed):
            _check_closed(path, texts, found)
        found.hear(f"credential file {path}", texts)


def _check_closed(path: Path, texts: Mapping[str, str], found: Found) -> None:
    """
    Refuse a secret that every user of this machine can read.
    """
    if path.stat().st_mode & stat.S_IROTH:
        exposed = [name for name, text in texts.items() if name in options() and text.strip() and _gives_away(name, text)]
        found.problems.extend(Problem(name, "exposed", str(path)) for name in exposed)


def _gives_away(name: str, text: str) -> bool:
    if name != "database_url":
        return is_secret(name)
    try:
        return urlsplit(text).password is not None
    except ValueError:
        return True


def _hear_state_dir(machine: Machine, found: Found) -> None:
    """
    Settle where the state lies: the setting, systemd's StateDirectory=, else the usual folder of this user.
    """
    named = machine.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    usual = Path("/var/lib") / _HOUSE if machine.superuser else machine.home / ".local" / "state" / _HOUSE
    places = (("PREORDER_STATE_DIR", found.texts.get("state_dir", "")), ("STATE_DIRECTORY", named), ("default", str(usual)))
    taken = next(name for name, text in places if text)
    for name, text in places:
        found.searched.append(f"state folder: {name} {text or '(not set)'}{' (used)' if name == taken else ''}")
    found.hear("STATE_DIRECTORY (systemd)", {"state_dir": named})
    found.hear("default", {"state_dir": str(usual)})
