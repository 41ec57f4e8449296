"""
What a person is told of a file that was read: rejected rows by line and reason, or why it was refused as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from watchdog.terms.look import Defect, Reason
from watchdog.terms.policy import Policy
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.terms.look import Batch, Ignored, Row
    from watchdog.terms.observation import Observation

_SHOWN = Policy().defects_kept


@dataclass
class Notes:
    """
    Takes down what goes wrong while a file's batches are read by somebody else.
    """

    name: str
    language: str
    refused: Reason | None = None
    remark: Reason | None = None
    count: int = 0
    defects: list[Defect] = field(default_factory=list)

    def following(self, batch: Batch) -> Batch:
        """
        Return the same batch, its defects noted as they are met.
        """
        if batch.refused is not None:
            self.refused = batch.refused
            return batch
        self.remark = batch.remark or self.remark
        for defect in batch.defects:
            self._note(defect)
        return replace(batch, read=self._noting(batch.read)) if batch.rows else batch

    def _noting(self, read: Callable[[Row], Observation | Defect | Ignored]) -> Callable[[Row], Observation | Defect | Ignored]:
        def noting(row: Row) -> Observation | Defect | Ignored:
            said = read(row)
            if type(said) is Defect:
                self._note(said)
            return said

        return noting

    def _note(self, defect: Defect) -> None:
        self.count += 1
        if len(self.defects) < _SHOWN:
            self.defects.append(defect)

    def text(self) -> str | None:
        """
        Return what to write beside the file, or None where there is nothing to say.
        """
        if self.refused is not None:
            return say(self.refused.code, self.language, self.refused.values) + "\n"
        remarks = [say(self.remark.code, self.language, self.remark.values)] if self.remark else []
        return "".join(f"{line}\n" for line in [*remarks, *self._rejected()]) or None

    def first(self) -> tuple[Reason, ...]:
        """
        Return what to say of rows that were not used where no reason can lie beside the file: how many, and why the first of them.
        """
        if not self.count:
            return ()
        return (Reason("file_rows_unused_first", {"name": self.name, "count": self.count, "first": self._line(self.defects[0])}),)

    def _rejected(self) -> list[str]:
        if not self.count:
            return []
        values: dict[str, str | int] = {"name": self.name, "count": self.count, "shown": len(self.defects)}
        return [say("file_rows_rejected", self.language, values), *map(self._line, self.defects)]

    def _line(self, defect: Defect) -> str:
        problem = say(defect.reason.code, self.language, defect.reason.values)
        return say("row_place", self.language, {"place": defect.place, "problem": problem})
