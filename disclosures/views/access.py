"""Who is asking: pages send strangers to the login, the programs of a page get a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from disclosures.errors import NotAllowedError, NotVisibleError, ServiceError
from disclosures.models import Disclosure, User
from disclosures.services.missing import season
from disclosures.services.pages import may_open
from disclosures.services.permissions import visible_disclosures

View = Callable[..., HttpResponseBase]

page = login_required


def page_of(name: str) -> Callable[[View], View]:
    """A page for those whom `services.pages` lets in: strangers go to the login, others get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_open(person(request), name):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(wrapped)

    return decorate


def told(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do what a form of a page asks for; the sentence it returns, or the refusal, is shown on the next page.

    What is out of reach is not found, what is not allowed answers 403, as everywhere.
    """
    try:
        if sentence := act():
            messages.success(request, sentence)
    except NotVisibleError as error:
        raise Http404 from error
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except ServiceError as error:
        messages.error(request, str(error))
        return False
    return True


def way_back(request: HttpRequest, default: str) -> str:
    """Where a form came from (its field `next`), if that is a page of this site."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else default


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


def year_asked(request: HttpRequest, user: User) -> int:
    """The budget year that the address names, else the one the work is about."""
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) == 4 else season(user)
