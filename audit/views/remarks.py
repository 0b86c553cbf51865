"""Remarks as threads: what was said of a finding, a place or the whole, the answers, and whether it is dealt with."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.models import Finding
from disclosures.models import Disclosure, Remark, User
from disclosures.plain.place_words import where_words
from disclosures.services.matrix import Act
from disclosures.services.permissions import states_for, visible_disclosures, visible_to
from disclosures.services.remarks import add_remark, resolve_remark
from disclosures.views.access import page_of, person, told, way_back

from .shapes import part_key

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with its answers, and what it is about in words."""

    remark: Remark
    answers: tuple[Remark, ...]
    about: str
    part: str
    may_answer: bool


def threads(user: User) -> QuerySet[Remark]:
    """The remarks within a person's reach that begin a thread, the latest first."""
    return visible_to(user, Remark.objects.filter(answers=None)).order_by("-at", "-pk")


@page_of("remarks")
def remarks(request: HttpRequest) -> HttpResponse:
    """The threads that nobody has dealt with; or those that somebody has, or those of one disclosure."""
    user = person(request)
    only, disclosure = request.GET.get("only", ""), _disclosure(request, user)
    found = threads(user)
    if disclosure is not None:
        found = found.filter(disclosure=disclosure)
    if only != "all":
        found = found.filter(resolved=only == "resolved")
    if words := request.GET.get("q", "").strip()[:100]:
        found = found.filter(disclosure__department__name__icontains=words)
    shown = Paginator(_whole(found), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": "批注",
        "nav": "remarks",
        "shown": shown,
        "threads": _threads(list(shown.object_list), user),
        "only": only,
        "words": words,
        "disclosure": disclosure,
        "may_remark": disclosure is not None and disclosure.state in states_for(user, Act.REMARK),
        "query": query.urlencode(),
        "filtered": bool(words or disclosure or only),
    }
    return render(request, "workplace/remarks.html", context)


def _disclosure(request: HttpRequest, user: User) -> Disclosure | None:
    wanted = request.GET.get("disclosure", "")
    if not wanted:
        return None
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    return get_object_or_404(visible_disclosures(user).select_related("department"), pk=int(wanted))


def _whole(found: QuerySet[Remark]) -> QuerySet[Remark]:
    answers = Remark.objects.select_related("user").order_by("at", "pk")
    related = found.select_related("user", "disclosure__department__region")
    return related.prefetch_related(Prefetch("replies", answers))


def _threads(found: list[Remark], user: User) -> list[Thread]:
    """With the sentence of the finding that a remark is about; one query for all."""
    about = Finding.objects.filter(
        disclosure__in={item.disclosure_id for item in found},
        fingerprint__in={item.fingerprint for item in found if item.fingerprint},
    )
    findings = {(item.disclosure_id, item.fingerprint): item for item in about}
    open_states = states_for(user, Act.REMARK)
    shown = []
    for item in found:
        finding = findings.get((item.disclosure_id, item.fingerprint))
        where = finding.where if finding else item.place
        words = finding.message if finding else where_words(where) if where else "整份公开文本"
        may_answer = item.disclosure.state in open_states
        shown.append(Thread(item, tuple(item.replies.all()), words, part_key(where) if where else "", may_answer))
    return shown


@page_of("add_remark")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a disclosure as a whole, or answer a remark (`answers`)."""
    answers = request.POST.get("answers", "")
    number = int(answers) if answers.isdecimal() and len(answers) < 19 else None

    def act() -> str:
        add_remark(person(request), pk, request.POST.get("text", ""), answers=number)
        return "已答复。" if number else "已写下批注。"

    told(request, act)
    return redirect(way_back(request, reverse("remarks")))


@page_of("close_remark")
@require_POST
def close(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Mark a thread as dealt with, or open it again."""
    resolved = {"resolve": True, "reopen": False}.get(act)
    if resolved is None:
        raise Http404

    def settle() -> str:
        resolve_remark(person(request), pk, resolved=resolved)
        return "已标为处理完毕。" if resolved else "已重新打开。"

    told(request, settle)
    return redirect(way_back(request, reverse("remarks")))
