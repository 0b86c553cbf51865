"""What all views of the API share: JSON only, no unknown parameters, no caches, context for a page at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import mixins
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from disclosures.models import Role, User

from .authentication import person
from .paging import KeysetPagination, Ordering
from .problems import ApiError

M = TypeVar("M", bound=Model)
_PAGED = frozenset({"cursor", "page_size"})
Body = dict[str, Any]


class ApiMixin(APIView):
    """`query_names` lists the parameters that an action knows beside those of lists and filters."""

    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)
    query_names: ClassVar[Mapping[str, frozenset[str]]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.known_parameters(request)
        for name, texts in request.query_params.lists():
            if name not in known:
                message = "这个地址没有这样的参数" + (f"（可以用：{'、'.join(sorted(known))}）" if known else "")
                raise ApiError("invalid", f"{name[:50]}：{message}", errors=[{"field": name[:50], "message": message}])
            if len(texts) > 1 or "\x00" in texts[0]:
                raise ApiError("invalid", f"{name}：只能给一次", errors=[{"field": name, "message": "只能给一次"}])

    def known_parameters(self, request: Request) -> frozenset[str]:
        """A misspelt filter is refused: left out, it would give everything."""
        return self.query_names.get(getattr(self, "action", None) or request.method or "", frozenset())

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault("Content-Language", "zh-CN")
        return answer

    @property
    def person(self) -> User:
        if getattr(self, "swagger_fake_view", False):
            return User(role=Role.AUDITOR)  # the OpenAPI document is drawn up without anybody
        return person(self.request)


class Listed(ApiMixin, mixins.ListModelMixin, GenericViewSet[M]):
    """A list that is filtered, ordered and paged; `prepared` looks up what its page needs in one go."""

    filter_backends = (DjangoFilterBackend, Ordering)
    pagination_class = KeysetPagination
    filterset_class: Any = None
    ordering: Sequence[str] = ("pk",)
    ordering_fields: Sequence[str] = ()
    lookup_value_regex = r"[0-9]{1,15}"

    def known_parameters(self, request: Request) -> frozenset[str]:
        named = super().known_parameters(request)
        if getattr(self, "action", "") not in self.listing_actions:
            return named
        filtered = frozenset(self.filterset_class.base_filters) if self.filterset_class else frozenset()
        ordered = {"ordering"} if self.ordering_fields else set()
        return named | filtered | ordered | _PAGED

    listing_actions: ClassVar[frozenset[str]] = frozenset({"list"})

    def prepared(self, records: Sequence[M]) -> Body:
        """What the serializer needs of all these records together, for its context."""
        return {}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.listed(self.filter_queryset(self.get_queryset()))

    def listed(self, records: QuerySet[M]) -> Response:
        page = self.paginate_queryset(records)
        if page is None:
            raise TypeError("every list has pages")
        return self.get_paginated_response(self.shaped(page, many=True).data)

    def shaped(self, records: Any, *, many: bool = False) -> BaseSerializer[Any]:
        context = {**self.get_serializer_context(), **self.prepared(records if many else [records])}
        return self.get_serializer_class()(records, many=many, context=context)


class ListedAndShown(Listed[M]):
    """The same, and each record by its id."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return Response(self.shaped(self.get_object()).data)

    def get_object(self) -> M:
        """By id within what is visible; the filters of lists do not apply."""
        found = self.get_queryset().filter(pk=int(self.kwargs["pk"])).first()
        if found is None:
            raise ApiError("not_found", "没有这条记录，或者您无权查看")
        return found
