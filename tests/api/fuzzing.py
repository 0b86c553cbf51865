"""Requests that schemathesis makes up from the server's own OpenAPI document, with real ids and versions mixed in.

Every answer must be documented (status, content type, headers, body) and none may be a server error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
DOCUMENT = "/api/v1/schema/"


@dataclass
class Fuzzed:
    """What was asked, and what came of it."""

    requests: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def fuzz(
    address: str,
    headers: Mapping[str, str],
    ids: Mapping[str, list[int]],
    version: Callable[[str, int], str | None],
    examples: int,
) -> Fuzzed:
    """Ask every operation of the server at `address`.

    `ids` maps the first part of a path ("disclosures") to ids that exist; `version` gives the tag of one now.
    """
    schema = schemathesis.openapi.from_url(address + DOCUMENT)
    found = Fuzzed()
    for result in schema.get_all_operations():
        if not isinstance(result, Ok):
            found.failures.append(f"the document is not well-formed: {result.err()}")
            continue
        operation = result.ok()
        try:
            _operation(operation, headers, ids, version, examples, found)
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - every failure of an operation is one line of the report
            found.failures += [f"{operation.label}: {words}" for words in _words(error)]
    return found


def _words(error: BaseException) -> list[str]:
    """The messages of a failure, one by one where there are several."""
    if isinstance(error, BaseExceptionGroup):
        return [words for inner in error.exceptions for words in _words(inner)]
    return [f"{type(error).__name__} {error}"[:1500]]


def _operation(
    operation: Any,
    headers: Mapping[str, str],
    ids: Mapping[str, list[int]],
    version: Callable[[str, int], str | None],
    examples: int,
    found: Fuzzed,
) -> None:
    resource = operation.path.removeprefix("/api/v1").strip("/").split("/")[0]
    known = ids.get(resource, [])

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans(), number=st.integers(0, 100))
    def ask(case: Any, real: bool, number: int) -> None:
        sent = dict(headers)
        if real and known and "id" in (case.path_parameters or {}):
            pk = known[number % len(known)]
            case.path_parameters["id"] = pk
            tag = version(resource, pk)
            if tag and "If-Match" in (case.headers or {}):
                case.headers["If-Match"] = tag
        response = case.call(headers=sent)
        found.requests += 1
        found.statuses[response.status_code] = found.statuses.get(response.status_code, 0) + 1
        case.validate_response(response, checks=CHECKS)

    ask()
