"""What is done with a disclosure, each action one call of a service under the version that the caller read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.base import ApiMixin
from audit.api.parsers import FILES, FILES_OR_DOCUMENTS
from audit.api.problems import ApiError
from audit.api.schema import UPLOAD_OR_DOCUMENT
from audit.api.serializers import requests as bodies
from audit.api.serializers.disclosures import DisclosureDetailSerializer
from audit.api.serializers.findings import RunDetailSerializer
from audit.api.serializers.history import RemarkSerializer
from audit.api.serializers.results import (
    AssignedSerializer,
    CorrectionResultSerializer,
    FinalFileResultSerializer,
    QueuedSerializer,
    result_shape,
)
from audit.api.uploads import queued
from audit.api.versions import check_disclosure, matched, tag_of, with_tag
from audit.services import check_stored
from disclosures.models import Disclosure
from disclosures.services import correcting, publishing, remarks, revising, workflow
from disclosures.services.correcting import CellChange, CorrectionResult
from disclosures.services.intake import LARGEST_FILE
from disclosures.services.saving import Edit

from .findings import person_named, validated

HEAVY = "heavy"
Body = dict[str, Any]
IF_MATCH = {"x-if-match": True}


def _step(
    summary: str, body: type[bodies.RequestSerializer], *, status: int = 200, description: str = ""
) -> Callable[[Any], Any]:
    return extend_schema(
        summary=summary,
        description=description or None,
        request=body,
        responses={status: DisclosureDetailSerializer},
        extensions=IF_MATCH,
        tags=["流程"],
    )


def _saved(summary: str, body: type[bodies.RequestSerializer]) -> Callable[[Any], Any]:
    return extend_schema(
        summary=summary, request=body, responses=CorrectionResultSerializer, extensions=IF_MATCH, tags=["更正"]
    )


class WorkflowActions(ApiMixin):
    """Actions of `DisclosureViewSet`: a mixin, so that reading and acting stand in files of their own."""

    heavy_actions = frozenset({"create", "final_file", "checks", "content", "reports"})

    @property
    def throttle_scope(self) -> str | None:
        return HEAVY if getattr(self, "action", "") in self.heavy_actions else None

    # ------------------------------------------------------------ coming in, being checked

    @extend_schema(
        summary="交来文件",
        description="文件（multipart）或 budget-disclosure/1（JSON）。读取和核对在后台进行，按 Location 跟踪任务。"
        "压缩包（zip、7z）也是一个任务：解压完成后，里面的每个文件是一个任务，用 /tasks?archive= 列出；"
        "解不开或超过限度时，这个任务未完成，error 是原因，里面的文件一个也不导入。",
        request=UPLOAD_OR_DOCUMENT,
        responses={202: QueuedSerializer},
    )
    def create(self, request: Request) -> Response:
        task = queued(request, self.person)
        body = QueuedSerializer({"batch": task.batch, "tasks": [task]}).data
        return Response(body, status=202, headers={"Location": request.build_absolute_uri(f"/api/v1/tasks/{task.pk}")})

    def get_parsers(self) -> list[Any]:
        # The parsers are asked for before the framework has said which action it is.
        asked = (self.request.method or "").lower() if self.request else ""
        acting = getattr(self, "action_map", {}).get(asked) or getattr(self, "action", None) or ""
        parsers = {"create": FILES_OR_DOCUMENTS, "final_file": FILES}.get(acting)
        return [parser() for parser in parsers] if parsers else super().get_parsers()

    @extend_schema(
        summary="核对一次", request=bodies.EmptySerializer, responses={201: RunDetailSerializer}, tags=["核对"]
    )
    @action(detail=True, methods=["post"])
    def checks(self, request: Request, pk: str) -> Response:
        self._visible()
        validated(bodies.EmptySerializer, request)
        return Response(RunDetailSerializer(check_stored(int(pk), user=self.person)).data, status=201)

    # ------------------------------------------------------------ corrections

    @_saved("更正单元格（一次可以改很多格，全部成功或全部不变）", bodies.CorrectSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.CorrectSerializer)
        changes = [CellChange(item["place"], item["value"]) for item in body["changes"]]
        return self._correct(lambda record: correcting.correct_cells(self._edit(record, body), changes))

    @_saved("撤销更正，恢复读取的值", bodies.RevertSerializer)
    @action(detail=True, methods=["post"])
    def revert(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.RevertSerializer)
        return self._correct(
            lambda record: correcting.revert_correction(
                self.person, record.pk, record.revision, body["place"], body["reason"]
            )
        )

    @_saved("增加一行", bodies.AddRowSerializer)
    @action(detail=True, methods=["post"], url_path="add-row")
    def add_row(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.AddRowSerializer)
        return self._correct(
            lambda record: correcting.add_row(
                self._edit(record, body), body["table"], body["before"], body["labels"], body["side"]
            )
        )

    @_saved("删除一行", bodies.RemoveRowSerializer)
    @action(detail=True, methods=["post"], url_path="remove-row")
    def remove_row(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.RemoveRowSerializer)
        return self._correct(lambda record: correcting.remove_row(self._edit(record, body), body["place"]))

    # ------------------------------------------------------------ remarks, who is responsible

    @extend_schema(
        summary="批注（问题、位置或整份），或答复批注",
        request=bodies.RemarkCreateSerializer,
        responses={201: RemarkSerializer},
        tags=["批注"],
    )
    @action(detail=True, methods=["post"])
    def remarks(self, request: Request, pk: str) -> Response:
        body = self._body(bodies.RemarkCreateSerializer)
        made = remarks.add_remark(self.person, int(pk), body.pop("text"), **body)
        return Response(RemarkSerializer(made).data, status=201)

    @extend_schema(
        summary="指定负责人（一次可以多份）",
        request=bodies.AssignSerializer,
        responses=AssignedSerializer,
        tags=["流程"],
        filters=False,
    )
    @action(detail=False, methods=["post"], filterset_class=None)
    def assign(self, request: Request) -> Response:
        body = validated(bodies.AssignSerializer, request)
        changed = workflow.assign(self.person, body["disclosures"], person_named(body["assignee"]))
        return Response({"changed": changed})

    # ------------------------------------------------------------ the way to publication

    @_step("提交审核", bodies.SubmitSerializer, description="还有错误没有更正或说明时回答 409，并列出这些问题。")
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.SubmitSerializer)
        matched(request, self.person, int(pk))
        # Not in one transaction as other steps: it checks, which takes a while, before it locks.
        workflow.submit(
            self.person,
            int(pk),
            confirm_warnings=body["confirm_warnings"],
            unchanged=partial(check_disclosure, request),
        )
        return self._shown(int(pk))

    @_step("撤回提交", bodies.EmptySerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> HttpResponseBase:
        self._body(bodies.EmptySerializer)
        return self._take(lambda: workflow.recall(self.person, int(pk)))

    @_step("退回修改", bodies.RemarkTextSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def give_back(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.RemarkTextSerializer)
        return self._take(lambda: workflow.return_for_correction(self.person, int(pk), body["remark"]))

    @_step("审核通过", bodies.EmptySerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> HttpResponseBase:
        self._body(bodies.EmptySerializer)
        return self._take(lambda: workflow.approve(self.person, int(pk)))

    @_step("登记保密审查和签发", bodies.SignOffSerializer)
    @action(detail=True, methods=["post"], url_path="sign-off")
    def sign_off(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.SignOffSerializer)
        return self._take(lambda: publishing.sign_off(self.person, int(pk), publishing.SignOff(**body)))

    @extend_schema(
        summary="上传定稿文件",
        description="读回后与通过审核的数据一致才保存；不一致时 accepted 为 false，并列出不一致之处。",
        request={"multipart/form-data": bodies.FileSerializer},
        responses={200: FinalFileResultSerializer},
        extensions=IF_MATCH,
        tags=["流程"],
    )
    @action(detail=True, methods=["post"], url_path="final-file")
    def final_file(self, request: Request, pk: str) -> HttpResponseBase:
        self._visible()
        body = validated(bodies.FileSerializer, request)
        # Reading a file takes its time: the version is compared before it, and by the service after it.
        matched(request, self.person, int(pk))
        file = body["file"]
        if file.size > LARGEST_FILE:
            raise ApiError("too_large", f"文件超过 {LARGEST_FILE // 1024 // 1024} MB")
        result = publishing.attach_final_file(
            self.person, int(pk), file.read(), file.name or "", choice=body.get("choice")
        )
        listed = [{"words": item.words, "approved": item.first, "file": item.second} for item in result.differences]
        answer = Response({"accepted": result.accepted, "differences": listed})
        return with_tag(answer, Disclosure.objects.get(pk=int(pk)))

    @_step("公开", bodies.EmptySerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> HttpResponseBase:
        self._body(bodies.EmptySerializer)
        return self._take(lambda: publishing.publish(self.person, int(pk)))

    @_step("撤回公开", bodies.ReasonSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponseBase:
        body = self._body(bodies.ReasonSerializer)
        return self._take(lambda: publishing.withdraw(self.person, int(pk), body["reason"]))

    @_step("启动修订：复制为新的一版", bodies.EmptySerializer, status=201)
    @action(detail=True, methods=["post"])
    def revise(self, request: Request, pk: str) -> HttpResponseBase:
        self._body(bodies.EmptySerializer)
        matched(request, self.person, int(pk))
        return self._shown(revising.revise(self.person, int(pk)).pk, status=201)

    # ------------------------------------------------------------ shared

    def _visible(self) -> None:
        self.get_object()  # type: ignore[attr-defined]

    def _body(self, serializer: type[bodies.RequestSerializer]) -> Body:
        """The body of a request about a disclosure that is visible: of others, not even a mistake is told."""
        self._visible()
        return validated(serializer, self.request)

    def _take(self, step: Callable[[], object]) -> HttpResponseBase:
        """One step, while nobody else changes the record."""
        pk = int(self.kwargs["pk"])
        with transaction.atomic():
            matched(self.request, self.person, pk, lock=True)
            step()
        return self._shown(pk)

    def _correct(self, save: Callable[[Disclosure], CorrectionResult]) -> HttpResponseBase:
        """A save that rests on the revision of the tag; the service compares it once more under a lock."""
        record = matched(self.request, self.person, int(self.kwargs["pk"]))
        result = save(record)
        record.revision = result.revision
        shape = CorrectionResultSerializer(result_shape(result, tag_of(record))).data
        return with_tag(Response(shape), record)

    def _edit(self, record: Disclosure, body: Mapping[str, Any]) -> Edit:
        return Edit(self.person, record.pk, record.revision, body["kind"], body["reason"])

    def _shown(self, pk: int, status: int = 200) -> HttpResponseBase:
        self.kwargs["pk"] = pk
        record = self.get_object()  # type: ignore[attr-defined]
        context = {**self.get_serializer_context(), **self.prepared([record])}  # type: ignore[attr-defined]
        return with_tag(Response(DisclosureDetailSerializer(record, context=context).data, status=status), record)
