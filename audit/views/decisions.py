"""Explanations that wait for a reviewer: accepted or refused where they are read."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.catalogue import rules
from audit.models import Decision, Explanation, Status
from audit.services.waiving import accept_explanation, refuse_explanation
from disclosures.models import User
from disclosures.plain.place_words import where_words
from disclosures.services.matrix import Act
from disclosures.services.permissions import states_for, visible_to
from disclosures.views.access import page_of, person, told, way_back
from disclosures.views.rows import age_words

from .shapes import part_key

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One explanation as the page shows it."""

    explanation: Explanation
    title: str
    place: str
    part: str
    age: str
    own: bool  # written by the reader: somebody else decides


def waiting_explanations(user: User) -> QuerySet[Explanation]:
    """Undecided explanations that a reviewer may decide, the oldest first."""
    pending = Explanation.objects.filter(
        decision=Decision.PENDING,
        finding__status=Status.EXPLAINED,
        finding__disclosure__state__in=states_for(user, Act.DECIDE),
    )
    return visible_to(user, pending, "finding__disclosure__").order_by("at", "pk")


@page_of("explanations")
def explanations(request: HttpRequest) -> HttpResponse:
    """All of them, with what is explained and two answers."""
    user = person(request)
    found = waiting_explanations(user).select_related("finding__disclosure__department__region", "user")
    words = request.GET.get("q", "").strip()[:100]
    if words:
        found = found.filter(finding__disclosure__department__name__icontains=words)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": "待审说明",
        "nav": "explanations",
        "shown": shown,
        "items": [_waiting(item, user) for item in shown.object_list],
        "query": query.urlencode(),
        "words": words,
    }
    return render(request, "workplace/explanations.html", context)


def _waiting(item: Explanation, user: User) -> Waiting:
    rule = rules().get(item.finding.rule)
    return Waiting(
        item,
        rule.title if rule else item.finding.rule,
        where_words(item.finding.where),
        part_key(item.finding.where),
        age_words(item.at),
        item.user_id == user.pk,
    )


@page_of("decide_explanation")
@require_POST
def decide(request: HttpRequest, finding: int, act: str) -> HttpResponse:
    """Accept or refuse one."""
    user, text = person(request), request.POST.get("text", "")

    def accept() -> str:
        accept_explanation(user, finding, text)
        return "已采纳这条说明，问题予以豁免。"

    def refuse() -> str:
        refuse_explanation(user, finding, text)
        return "已退回这条说明，问题重新等待经办处理。"

    acts = {"accept": accept, "refuse": refuse}
    if act not in acts:
        raise Http404
    told(request, acts[act])
    return redirect(way_back(request, reverse("explanations")))
