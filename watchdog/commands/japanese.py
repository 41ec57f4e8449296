"""
``--help`` and wrong command lines in Japanese, where that is the seller's language; loaded only then.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import click

from watchdog.commands.japanese_help import HEADINGS, HELP, NAMES, WRONG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXAMPLE = "Example: "
#: A word of Latin letters stays whole; a Japanese character takes the brackets and stops with it that belong to it.
_PIECE = re.compile(r"[!-~]+|\s+|[（「『]*[^\s!-~][、。，）」』：！？ー]*")
_NAME = re.compile(rf"(?<![\w-])(?:{'|'.join(NAMES)})(?![\w-])")


class Formatter(click.HelpFormatter):
    """
    Writes help in Japanese: every text by the table, broken where Japanese may be broken.
    """

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """
        Write how the command is put together.
        """
        super().write_usage(prog, named(args), "使い方：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """
        Write the heading of a part.
        """
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """
        Write paragraphs.
        """
        indent = " " * self.current_indent
        paragraphs = (_folded(said(part), self.width - self.current_indent) for part in text.split("\n\n"))
        self.write("\n".join("".join(f"{indent}{line}\n" for line in lines) for lines in paragraphs))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """
        Write terms, each with what it means beside or below it.
        """
        told = [(named(term), said(meaning)) for term, meaning in rows]
        first = min(max((_width(term) for term, _ in told), default=0), col_max) + col_spacing
        for term, meaning in told:
            lines = _folded(meaning, max(self.width - self.current_indent - first, 20))
            fits = _width(term) + col_spacing <= first
            left = f"{'':>{self.current_indent}}{term}"
            self.write(f"{left}{' ' * (first - _width(term))}{lines[0]}\n" if fits and lines else f"{left}\n")
            for line in lines[1:] if fits else lines:
                self.write(f"{'':>{self.current_indent + first}}{line}\n")


def said(text: str) -> str:
    """
    Return the paragraph or line in Japanese; as it is where the table does not know it.
    """
    plain = " ".join(text.split())
    if plain.startswith(_EXAMPLE):
        command, mark, note = plain.removeprefix(_EXAMPLE).partition(" (")
        return f"例：{command}{HELP.get(f'({note}', f' ({note}') if mark else ''}"
    body, mark, extra = plain.partition(" [")
    if mark and body in HELP:
        return f"{HELP[body]} [{extra}".replace("default: ", "初期値：").replace("required", "必須")
    return HELP.get(plain) or _shortened(plain)


def _shortened(plain: str) -> str:
    """
    Return the first sentence of what click has cut short for a list of commands.
    """
    cut = plain.removesuffix("...")
    whole = next((english for english in HELP if cut and english.startswith(cut)), None)
    return plain if whole is None else HELP[whole].partition("。")[0] + "。"


def named(usage: str) -> str:
    """
    Return the usage with the names of what is to be filled in.
    """
    return _NAME.sub(lambda found: NAMES[found[0]], usage)


def tell(error: click.ClickException) -> None:
    """
    Write what is wrong with the command line, how it is used, and where to read on.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        formatter = Formatter()
        context.command.format_usage(context, formatter)
        click.echo(formatter.getvalue(), err=True, nl=False)
        click.echo(f"詳しい使い方：{context.command_path} --help\n", err=True)
    click.echo(wrong(error.format_message()), err=True)


def wrong(message: str) -> str:
    """
    Return what click says of a command line in Japanese; as click says it where that is something new.
    """
    plain = " ".join(message.split())
    for pattern, japanese in WRONG:
        found = re.fullmatch(pattern, plain)
        if found is not None:
            parts = {name: named(value or "") for name, value in found.groupdict().items()}
            return japanese.format_map(parts) + "".join(_besides(parts))
    return plain


def _besides(parts: dict[str, str]) -> Iterator[str]:
    if parts.get("choices"):
        yield "使えるもの：" + "、".join(re.split(r",\s*", parts["choices"].replace("'", "")))
    if parts.get("near"):
        yield "、".join(re.split(r",\s*", parts["near"].replace("'", ""))) + " のことですか。"


def _folded(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        if _width(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
