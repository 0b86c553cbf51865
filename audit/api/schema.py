"""The OpenAPI document: the contract's formats, refusals of every operation, If-Match where it is needed."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from .problems import CONTENT_TYPE, PROBLEMS
from .serializers.requests import UploadSerializer
from .versions import IF_MATCH

Json = dict[str, Any]
_AMOUNT: Final = {"type": ["string", "null"]}
_TEXT: Final = {"type": "string"}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


BUDGET_DISCLOSURE: Final = _ref("BudgetDisclosure")
BUDGET_FINDINGS_ONLY: Final = _ref("BudgetFindings")
BUDGET_FINDINGS: Final = {"oneOf": [_ref("PaginatedFindingList"), _ref("BudgetFindings")]}
UPLOAD_OR_DOCUMENT: Final = {"multipart/form-data": UploadSerializer, "application/json": BUDGET_DISCLOSURE}

_FORMATS: Final[Json] = {
    "BudgetDisclosure": {
        "title": "budget-disclosure/1",
        "description": "一份公开文本的全部内容。金额为照原样的十进制文字，没有千分位，空白为 null。可以有更多的键。",
        "type": "object",
        "required": ["schema", "department", "fiscal_year", "kind", "tables", "overall_targets", "project_targets"],
        "properties": {
            "schema": {"const": "budget-disclosure/1"},
            "department": _TEXT,
            "fiscal_year": {"type": "integer"},
            "kind": {"enum": ["department_budget", "unit_budget"]},
            "amount_unit": {"const": "万元"},
            "tables": {
                "type": "object",
                "description": "表号（T01 … T13）到表",
                "additionalProperties": {
                    "type": "object",
                    "required": ["title", "no_data", "rows"],
                    "properties": {
                        "title": _TEXT,
                        "no_data": {"type": "boolean"},
                        "rows": {"type": "array", "items": {"type": "object"}},
                    },
                },
            },
            "overall_targets": {"type": "array", "items": {"type": "object"}},
            "project_targets": {"type": "array", "items": {"type": "object"}},
            "narrative": {"type": "object", "additionalProperties": _TEXT},
        },
    },
    "BudgetFindings": {
        "title": "budget-findings/1",
        "description": "一次核对的结果；保存的问题另有 id 和 status。",
        "type": "object",
        "required": ["schema", "department", "fiscal_year", "summary", "findings"],
        "properties": {
            "schema": {"const": "budget-findings/1"},
            "department": _TEXT,
            "fiscal_year": {"type": "integer"},
            "summary": {
                "type": "object",
                "required": ["error", "warning", "info", "rules_run"],
                "properties": {
                    name: {"type": "integer"} for name in ("error", "warning", "info", "rules_run", "checks_run")
                },
            },
            "not_checked": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["rule", "reason"],
                    "properties": {"rule": _TEXT, "where": _TEXT, "reason": _TEXT},
                },
            },
            "findings": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["rule", "family", "severity", "where", "message"],
                    "properties": {
                        "rule": _TEXT,
                        "family": _TEXT,
                        "severity": {"enum": ["error", "warning", "info"]},
                        "where": _TEXT,
                        "message": _TEXT,
                        "actual": _AMOUNT,
                        "expected": _AMOUNT,
                        "difference": _AMOUNT,
                        "source": _TEXT,
                    },
                },
            },
        },
    },
    "Problem": {
        "title": "problem+json",
        "description": "拒绝的原因（RFC 9457）。code 给程序，detail 给人看。",
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "code": {"type": "string", "enum": list(PROBLEMS)},
            "detail": _TEXT,
            "errors": {
                "type": "array",
                "description": "哪个字段（位置）有什么问题",
                "items": {
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": {"field": _TEXT, "message": _TEXT},
                },
            },
            "reasons": {"type": "array", "items": _TEXT, "description": "还缺什么"},
            "findings": {"type": "array", "items": {"type": "object"}, "description": "还没有处理的问题"},
            "conflict": {"type": "object", "description": "别人保存的和您的，两个版本"},
            "candidates": {"type": "array", "items": _TEXT, "description": "文件里的各份公开文本"},
        },
    },
}
_ALWAYS: Final = (400, 401, 403, 404, 406, 429)
_WRITES: Final = (409, 413, 415, 422)
_GUARDED: Final = (412, 428)
_GUARDED_BY_BODY: Final = ("findings_waive_many",)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "audit.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Json:
        return {"type": "http", "scheme": "bearer", "description": "在“接口令牌”页面新建，只显示一次。"}


def complete(result: Json, generator: Any, request: Any, public: bool) -> Json:
    """A postprocessing hook: what holds for all operations is said once, here."""
    schemas = result["components"]["schemas"]
    schemas.update(_FORMATS)
    for name, shape in schemas.items():
        if name.endswith("Request") and shape.get("type") == "object":
            shape["additionalProperties"] = False
    for methods in result["paths"].values():
        for method, operation in methods.items():
            _complete_operation(method, operation)
    return result


def _complete_operation(method: str, operation: Json) -> None:
    guarded = operation.pop("x-if-match", False)
    if guarded:
        operation.setdefault("parameters", []).append(
            {"name": "If-Match", "in": "header", "required": True, "description": IF_MATCH, "schema": _TEXT}
        )
    guarded = guarded or operation["operationId"] in _GUARDED_BY_BODY
    statuses = _ALWAYS + (_WRITES if method != "get" else ()) + (_GUARDED if guarded else ())
    for status in statuses:
        titles = dict.fromkeys(kind.title for kind in PROBLEMS.values() if kind.status == status)
        answer = {"description": "；".join(titles), "content": {CONTENT_TYPE: {"schema": _ref("Problem")}}}
        operation["responses"].setdefault(str(status), answer)
