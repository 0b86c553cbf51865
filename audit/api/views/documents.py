"""The API about itself: its OpenAPI document, a page to read and try it, and addresses that do not exist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

from audit.api.base import ApiMixin
from audit.api.problems import ApiError
from disclosures.views.access import page


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """OpenAPI 3.1, as JSON or YAML; anybody may know what the API can do."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer]  # noqa: RUF012 - as declared there
    authentication_classes = ()
    permission_classes = ()


@page
def docs_page(request: HttpRequest) -> HttpResponse:
    """The document as a page, with scripts of our own server only."""
    return render(request, "workplace/api_docs.html", {"title": "接口文档", "nav": "api"})


class Nowhere(ApiMixin):
    """Refusals of the API are problem details everywhere below its address."""

    permission_classes = ()
    authentication_classes = ()
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        raise ApiError("not_found", "接口没有这个地址")

    def get(self, request: Request) -> HttpResponseBase:
        raise ApiError("not_found", "接口没有这个地址")
