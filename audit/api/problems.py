"""Every refusal as problem details (RFC 9457): a code for programs, a Chinese sentence for people."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions

from disclosures import errors
from disclosures.reading import UnreadableFileError
from disclosures.services.findings import FindingView
from disclosures.services.importing import ImportRefusedError
from disclosures.services.workflow import SubmissionRefusedError
from disclosures.storage import StorageError

CONTENT_TYPE: Final = "application/problem+json"
Json = dict[str, Any]
_log = logging.getLogger("django.request")


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of refusal: its status, what it is called."""

    status: int
    title: str


PROBLEMS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        "malformed": Problem(400, "请求无法读懂"),
        "invalid": Problem(400, "请求中的值不合要求"),
        "not_authenticated": Problem(401, "没有登录或没有令牌"),
        "bad_token": Problem(401, "令牌无效、过期或已停用"),
        "not_allowed": Problem(403, "您的角色不能这样做"),
        "password_change_required": Problem(403, "须先修改密码"),
        "not_found": Problem(404, "没有这条记录，或者您无权查看"),
        "method_not_allowed": Problem(405, "这个地址不支持这种请求方法"),
        "not_acceptable": Problem(406, "不能以所要求的格式回答"),
        "wrong_state": Problem(409, "现在的状态不允许这样做"),
        "refused": Problem(409, "条件还不具备"),
        "edit_conflict": Problem(412, "其他人已经先保存了修改"),
        "too_large": Problem(413, "文件太大"),
        "unsupported_media_type": Problem(415, "不支持这种内容类型"),
        "invalid_value": Problem(422, "值不能放在这里"),
        "unreadable_file": Problem(422, "文件无法读成公开文本"),
        "import_refused": Problem(422, "文件不能导入"),
        "precondition_required": Problem(428, "请求须带 If-Match"),
        "throttled": Problem(429, "请求太频繁"),
        "internal": Problem(500, "系统出错"),
    }
)


class ApiError(exceptions.APIException):
    """A refusal of the API itself, by code; `more` goes into the answer beside the sentence."""

    def __init__(self, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail, code)
        self.code = code
        self.status_code = PROBLEMS[code].status
        self.more = more


def problem(code: str, detail: str, **more: Any) -> HttpResponse:
    """The answer itself."""
    kind = PROBLEMS[code]
    body = {
        "type": f"/api/v1/problems#{code}",
        "title": kind.title,
        "status": kind.status,
        "code": code,
        "detail": detail,
        **more,
    }
    response = JsonResponse(
        body, status=kind.status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Content-Language"] = "zh-CN"
    response.headers["Cache-Control"] = "no-store"
    return response


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """DRF's exception handler: any exception of a view as problem details."""
    from rest_framework.views import set_rollback  # the framework imports this module while it imports its views

    set_rollback()
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, errors.ServiceError):
        return _of_service(error)
    if isinstance(error, UnreadableFileError):
        return problem("unreadable_file", str(error))
    if isinstance(error, ImportRefusedError | StorageError):
        return problem("import_refused", str(error))
    if isinstance(error, Http404):
        return problem("not_found", PROBLEMS["not_found"].title)
    if isinstance(error, RequestDataTooBig):
        return problem("too_large", PROBLEMS["too_large"].title)
    if isinstance(error, SuspiciousOperation):
        return problem("malformed", PROBLEMS["malformed"].title)
    if isinstance(error, PermissionDenied):
        return problem("not_allowed", str(error) or PROBLEMS["not_allowed"].title)
    _log.error("API: %s", type(error).__name__, exc_info=error)
    return problem("internal", "系统处理这个请求时出错，没有改变任何内容，请稍后再试或联系管理员")


def _of_service(error: errors.ServiceError) -> HttpResponse:
    detail = str(error)
    if isinstance(error, errors.NotVisibleError):
        return problem("not_found", detail)
    if isinstance(error, errors.WrongStateError):
        return problem("wrong_state", detail)
    if isinstance(error, errors.NotAllowedError):
        return problem("not_allowed", detail)
    if isinstance(error, errors.EditConflictError):
        return problem("edit_conflict", detail, conflict=_conflict(error))
    if isinstance(error, errors.InvalidValueError):
        return problem("invalid_value", detail, errors=[_error(place, words) for place, words in error.problems])
    if isinstance(error, SubmissionRefusedError):
        listed = [_finding(item) for item in (*error.errors, *error.warnings)]
        return problem("refused", detail, reasons=list(error.reasons), findings=listed)
    reasons = list(error.reasons) if isinstance(error, errors.RefusedError) else []
    return problem("refused", detail, reasons=reasons)


def _error(field: str, words: str) -> Json:
    return {"field": field, "message": words}


def _finding(item: FindingView) -> Json:
    return {"id": item.id, "severity": item.severity, "where": item.where, "message": item.message}


def _conflict(error: errors.EditConflictError) -> Json:
    """Both versions, so that nothing is lost."""
    return {
        "revision": error.revision,
        "current_value": error.current_value,
        "my_value": error.my_value,
        "changes": [
            {
                "place": item.place,
                "words": item.words,
                "value": item.value,
                "by": item.user,
                "at": item.at.isoformat(),
            }
            for item in error.changes
        ],
    }


_LOG_IN: Final = "请先登录，或带上令牌（Authorization: Bearer …）"
_FRAMEWORK: Final[tuple[tuple[type[exceptions.APIException], str], ...]] = (
    (exceptions.ParseError, "malformed"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.AuthenticationFailed, "bad_token"),
    (exceptions.PermissionDenied, "not_allowed"),
    (exceptions.NotFound, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.Throttled, "throttled"),
)


def _of_framework(error: exceptions.APIException) -> HttpResponse:
    if isinstance(error, ApiError):
        return problem(error.code, str(error.detail), **error.more)
    if isinstance(error, exceptions.ValidationError):
        found = [_error(field, words) for field, words in _flat(error.detail)]
        return problem("invalid", "；".join(_said(item) for item in found) or "请求中的值不合要求", errors=found)
    code = next((code for kind, code in _FRAMEWORK if isinstance(error, kind)), "malformed")
    if error.get_codes() in PROBLEMS:
        code = str(error.get_codes())  # a permission that says why
    detail = _LOG_IN if code == "not_authenticated" else str(error.detail)
    answer = problem(code, detail)
    header = getattr(error, "auth_header", None)
    if header and answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = header
    wait = getattr(error, "wait", None)
    if wait:
        answer.headers["Retry-After"] = str(int(wait) + 1)
    return answer


def _said(item: Json) -> str:
    return f"{item['field']}：{item['message']}" if item["field"] else str(item["message"])


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(field, message) of DRF's nested details: `changes.0.place`."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _flat(value, ".".join(part for part in (path, name) if part))
    elif isinstance(detail, list | tuple):
        for number, value in enumerate(detail):
            nested = isinstance(value, Mapping | list | tuple)
            yield from _flat(value, f"{path}.{number}".strip(".") if nested else path)
    else:
        yield path, str(detail)
