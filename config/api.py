"""Settings of the API: who may ask, how often, how it answers and describes itself."""

from __future__ import annotations

import os
from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": (
        "audit.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ),
    "DEFAULT_PERMISSION_CLASSES": ("audit.api.authentication.MayWorkHere",),
    "DEFAULT_RENDERER_CLASSES": ("rest_framework.renderers.JSONRenderer",),
    "DEFAULT_PARSER_CLASSES": ("audit.api.parsers.StrictJSONParser",),
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": (
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ),
    # As "number/period" (s, m, h, d); empty for no limit.
    "DEFAULT_THROTTLE_RATES": {
        "anon": os.environ.get("API_RATE_ANONYMOUS", "60/m") or None,
        "user": os.environ.get("API_RATE_USER", "600/m") or None,
        "heavy": os.environ.get("API_RATE_HEAVY", "60/m") or None,  # uploads, checks, whole contents
    },
    "EXCEPTION_HANDLER": "audit.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,  # `format` is a parameter of our own
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": (
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.MultiPartRenderer",
    ),
}

_DESCRIPTION = """部门预算公开的接口：与网页相同的数据、相同的权限、相同的操作。

- **登录**：`Authorization: Bearer 令牌`（在网站“接口令牌”页面新建），或网站的会话（写操作须带 CSRF）。
- **范围**：只能看到和网页上一样的记录；看不到的一律 404。
- **版本**：读取时回答 `ETag`；改动时须带 `If-Match`，别人先保存了就回答 412，什么也不写。
- **翻页**：跟着 `next` 走；`page_size` 最多 500。
- **拒绝**：`application/problem+json`，`code` 给程序，`detail` 给人看；全部代码见 `/api/v1/problems`。
- **限速**：超过时回答 429 和 `Retry-After`。
"""

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "部门预算公开接口",
    "DESCRIPTION": _DESCRIPTION,
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "audit.api.schema.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "DisclosureStateEnum": "disclosures.models.State",
        "TaskStateEnum": "disclosures.models.TaskState",
        "DisclosureKindEnum": "disclosures.models.DisclosureKind",
        "DepartmentKindEnum": "disclosures.models.DepartmentKind",
        "CorrectionKindEnum": "disclosures.models.CorrectionKind",
        "CorrectionActionEnum": "disclosures.models.CorrectionAction",
        "EventActionEnum": "disclosures.models.Action",
        "FindingStatusEnum": "audit.models.Status",
        "TableIdEnum": "audit.api.serializers.common.TABLE_CHOICES",
        "SeverityEnum": "audit.models.SEVERITIES",
    },
}
