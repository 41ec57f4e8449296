"""
Amazon's published models as the measure: every request that arrives and every answer that leaves is held against them.

They lie beside the project (``../shared/sp-api-models``) and are not part of it; where they are absent nothing is measured.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft4Validator, FormatChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[3] / "shared" / "sp-api-models"
_CHECKER = FormatChecker(formats=())
_METHODS = {"get", "post", "put", "delete", "patch"}
#: Lists in a body whose elements are judged one by one and remembered: a page of 100 unchanged orders costs nothing twice.
_LISTS = ("orders", "items", "responses", "requests")
_RATE = re.compile(r"\|\s*([\d.]+)\s*\|\s*([\d.]+)\s*\|")


@_CHECKER.checks("date-time")
def _is_instant(value: object) -> bool:
    try:
        return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


@_CHECKER.checks("date")
def _is_date(value: object) -> bool:
    try:
        return not isinstance(value, str) or bool(date.fromisoformat(value))
    except ValueError:
        return False


@dataclass(frozen=True)
class Parameter:
    """
    One parameter of an operation outside its body.
    """

    place: str  #: query, path, header
    type: str
    required: bool
    validator: Draft4Validator

    def problems(self, written: str) -> Iterator[str]:
        """
        Yield what is wrong with the value as it was written in the URL; a list is joined by commas.
        """
        value: Any = written.split(",") if self.type == "array" else written
        if self.type == "integer" and written.lstrip("-").isdecimal():
            value = int(written)
        if self.type == "boolean" and written in {"true", "false"}:
            value = written == "true"
        yield from (error.message for error in self.validator.iter_errors(value))


@dataclass(frozen=True)
class Contract:
    """
    One operation as the model describes it.
    """

    name: str
    rate: float | None  #: requests per second, as its description says
    burst: int | None
    parameters: Mapping[str, Parameter]
    body: Draft4Validator | None
    answers: Mapping[int, Draft4Validator]
    examples: tuple[Any, ...]  #: Amazon's own sandbox answers of status 200 and 202
    _known: set[str] = field(default_factory=set)

    def problems_of_request(self, path: Mapping[str, str], query: Mapping[str, str], body: Any) -> Iterator[str]:
        """
        Yield everything the model does not allow in the request.
        """
        given = {**query, **path}
        for name, parameter in self.parameters.items():
            if parameter.required and name not in given and parameter.place in {"query", "path"}:
                yield f"{self.name}: {name} is missing"
        for name, written in given.items():
            known = self.parameters.get(name)
            problems = known.problems(written) if known else ["no such parameter"]
            yield from (f"{self.name}: {name}: {problem}" for problem in problems)
        if self.body is not None:
            yield from (f"{self.name}: body: {problem}" for problem in self._wrong(self.body, body, "asked"))
        elif body is not None:
            yield f"{self.name}: takes no body"

    def problems_of_answer(self, status: int, body: Any) -> Iterator[str]:
        """
        Yield everything the model does not allow in the answer.
        """
        validator = self.answers.get(status)
        if validator is None:
            yield f"{self.name}: answers {status}, which the model does not know"
            return
        yield from (f"{self.name}: {problem}" for problem in self._wrong(validator, body, str(status)))

    def _wrong(self, validator: Draft4Validator, body: Any, kind: str) -> Iterator[str]:
        """
        Yield what is wrong with a body; of a long list each element is judged once and remembered as well made.
        """
        name = next((name for name in _LISTS if isinstance(body, dict) and isinstance(body.get(name), list) and body[name]), None)
        if name is None:
            yield from (_said(error) for error in validator.iter_errors(body))
            return
        for element in body[name]:
            written = f"{kind} {json.dumps(element)}"
            if written not in self._known:
                found = [_said(error) for error in validator.iter_errors({**body, name: [element]})]
                yield from found
                if not found:
                    self._known.add(written)
        count = f"{kind} {name} × {len(body[name])}"
        if count not in self._known and not any(validator.iter_errors({**body, name: body[name]})):
            self._known.add(count)
        elif count not in self._known:
            yield f"{name}: {len(body[name])} of them are not allowed, or one is wrong"


def _said(error: Any) -> str:
    return f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


@cache
def contracts(file: str) -> Mapping[tuple[str, str], Contract]:
    """
    Return the file's operations by method and path template; nothing where the models are absent.
    """
    path = FOLDER / file
    if not path.exists():
        return {}
    model = json.loads(path.read_text())
    merged = set(_merged(model["definitions"]))
    definitions = {name: schema if name in merged else _strict(schema) for name, schema in model["definitions"].items()}
    return {
        (method.upper(), template): _contract(operation, [*operations.get("parameters", []), *operation.get("parameters", [])], definitions)
        for template, operations in model["paths"].items()
        for method, operation in operations.items()
        if method in _METHODS
    }


def _contract(operation: Mapping[str, Any], listed: list[Mapping[str, Any]], definitions: Mapping[str, Any]) -> Contract:
    bodies = [each["schema"] for each in listed if each.get("in") == "body"]
    usage = _RATE.search(operation.get("description", ""))
    answers = {int(status): answer for status, answer in operation["responses"].items() if status.isdecimal()}
    return Contract(
        operation["operationId"],
        float(usage[1]) if usage else None,
        int(float(usage[2])) if usage else None,
        {each["name"]: _parameter(each) for each in listed if "name" in each and each["in"] != "body"},
        _validator(bodies[0], definitions) if bodies else None,
        {status: _validator(answer["schema"], definitions) for status, answer in answers.items() if "schema" in answer},
        tuple(_examples(answers)),
    )


def _parameter(written: Mapping[str, Any]) -> Parameter:
    kept = ("type", "items", "enum", "format", "maxItems", "minItems", "maximum", "minimum")
    shape = {key: written[key] for key in kept if key in written}
    return Parameter(written["in"], written["type"], written.get("required", False), Draft4Validator(shape, format_checker=_CHECKER))


def _validator(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Draft4Validator:
    return Draft4Validator({"allOf": [_strict(schema)], "definitions": definitions}, format_checker=_CHECKER)


def _merged(schema: Any) -> Iterator[str]:
    """
    Yield the names of what is only a part of something else: it must stay open.
    """
    if isinstance(schema, list):
        for part in schema:
            yield from _merged(part)
    elif isinstance(schema, dict):
        yield from (part["$ref"].rpartition("/")[2] for part in schema.get("allOf", ()) if "$ref" in part)
        for part in schema.values():
            yield from _merged(part)


def _strict(schema: Any) -> Any:
    """
    Return the schema with objects closed: a field the model does not name is a mistake of the fake, or of a request.
    """
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    merged = "allOf" in schema
    closed = {key: value if key in {"enum", "example", "required"} or merged else _strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema and not merged:
        closed["properties"] = {name: _strict(part) for name, part in schema["properties"].items()}
        closed["additionalProperties"] = False
    return closed


def _examples(answers: Mapping[int, Mapping[str, Any]]) -> Iterator[Any]:
    for status in (200, 202):
        sandbox = answers.get(status, {}).get("x-amzn-api-sandbox", {})
        yield from (each["response"] for each in sandbox.get("static", []) if "response" in each)
