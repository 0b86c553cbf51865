"""Check a document without storing anything."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.base import ApiMixin
from audit.api.parsers import FILES_OR_DOCUMENTS
from audit.api.problems import PROBLEMS, ApiError
from audit.api.schema import BUDGET_FINDINGS_ONLY, UPLOAD_OR_DOCUMENT
from audit.api.serializers.results import ProblemKindSerializer
from audit.api.uploads import received
from audit.findings import to_contract
from disclosures.services.catalogues import current_catalogue
from disclosures.services.reading import choose, describe, read_disclosures


class CheckView(ApiMixin):
    """A document or disclosure JSON in, budget-findings/1 out; nothing of it stays."""

    parser_classes = FILES_OR_DOCUMENTS
    throttle_scope = "heavy"

    @extend_schema(
        operation_id="check",
        summary="快速核对：不保存",
        description="文件（multipart）或 budget-disclosure/1（JSON）；文件里有几份时须用 choice 选择。",
        request=UPLOAD_OR_DOCUMENT,
        responses={200: BUDGET_FINDINGS_ONLY},
        tags=["核对"],
    )
    def post(self, request: Request) -> Response:
        from audit.engine import check  # the rules cost start-up time

        name, data, options = received(request)
        found = read_disclosures(data, name)
        choice = options.get("choice")
        if choice is None and len(found) > 1:
            listed = [describe(item) for item in found]
            raise ApiError("import_refused", f"文件里有 {len(found)} 份公开文本，请用 choice 选择", candidates=listed)
        return Response(to_contract(check(choose(found, choice), None, current_catalogue())))


class ProblemsView(ApiMixin):
    """Every code that a refusal can have."""

    @extend_schema(
        operation_id="problems",
        summary="全部错误代码",
        responses=ProblemKindSerializer(many=True),
        tags=["账号"],
    )
    def get(self, request: Request) -> Response:
        shapes = [{"code": code, "status": kind.status, "title": kind.title} for code, kind in PROBLEMS.items()]
        return Response(ProblemKindSerializer(shapes, many=True).data)
