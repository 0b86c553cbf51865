"""Who is asking: pages send strangers to the login, the programs of a page get a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404

from disclosures.models import Disclosure, User
from disclosures.services.permissions import visible_disclosures

View = Callable[..., HttpResponseBase]

page = login_required


def api(view: View) -> View:
    """A view that a page's program calls: no redirect when the session is over, and nothing is cached."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return refuse("登录已过期，请在另一个标签页重新登录，再回到这里继续。", status=401)
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapped


def refuse(message: str, *, status: int, **more: Any) -> HttpResponse:
    """A refusal in plain Chinese."""
    return JsonResponse({"message": message, **more}, status=status)


def person(request: HttpRequest) -> User:
    """The account behind a request that `page` or `api` has let through."""
    return cast(User, request.user)


def visible_or_404(request: HttpRequest, pk: int, records: QuerySet[Disclosure] | None = None) -> Disclosure:
    """A disclosure that this person may see; for everybody else it does not exist."""
    visible = visible_disclosures(person(request)) if records is None else records
    return get_object_or_404(visible.select_related("department__region", "source_file", "created_by"), pk=pk)
