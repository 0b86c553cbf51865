"""Silencing a rule that misfires: what that silences is shown before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.catalogue import rules
from audit.models import Finding, RuleMute, Status
from audit.services.muting import lift_expired_mutes, mute_rule, silenced, unmute_rule
from disclosures.models import Region
from disclosures.views.access import page_of, person, told

from .waiving import lines

SHOWN = 20  # findings of the preview; the rest are counted
_ENDED = 30


class MuteForm(forms.Form):
    """A rule, where, why, and up to which day."""

    rule = forms.ChoiceField(label="规则")
    region = forms.ModelChoiceField(
        label="地区", required=False, queryset=Region.objects.all(), empty_label="全部地区", help_text="含下级地区"
    )
    reason = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="写明为什么是误报，会存档"
    )
    ends_on = forms.DateField(
        label="停用到",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="最后一天，之后自动恢复；不填则到人工恢复为止",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(rule.id, f"{rule.title}（{rule.id}）") for rule in rules().values()]
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择规则"), *choices]


@dataclass(frozen=True, slots=True)
class Muted:
    """A rule that is silent now, and how many findings that keeps silent."""

    mute: RuleMute
    title: str
    findings: int


@page_of("mute")
def mute(request: HttpRequest) -> HttpResponse:
    """What is silent now; and the form, whose preview comes before it is done."""
    lift_expired_mutes()
    form = MuteForm(request.POST if request.method == "POST" else None, initial={"rule": request.GET.get("rule", "")})
    context: dict[str, Any] = {"title": "停用规则", "nav": "rules", "form": form}
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        chosen = form.cleaned_data
        if "confirm" in request.POST and told(request, lambda: _mute(request, chosen)):
            return redirect(reverse("mute"))
        found = silenced(chosen["rule"], chosen["region"])
        context |= {
            "preview": True,
            "rule": rules()[chosen["rule"]],
            "number": found.count(),
            "disclosures": found.values("disclosure").distinct().count(),
            "lines": lines(found.order_by("disclosure__department__name", "pk")[:SHOWN]),
        }
    records = RuleMute.objects.select_related("region", "muted_by", "ended_by")
    context |= {
        "muted": _muted(records.filter(ended_at=None)),
        "ended": records.exclude(ended_at=None).order_by("-ended_at")[:_ENDED],
    }
    return render(request, "workplace/mute.html", context)


def _mute(request: HttpRequest, chosen: dict[str, Any]) -> str:
    ends_on: date | None = chosen["ends_on"]
    made = mute_rule(person(request), chosen["rule"], chosen["region"], chosen["reason"], ends_on)
    return f"规则“{rules()[made.rule].title}”已在{made.region or '全部地区'}停用。"


def _muted(mutes: Iterable[RuleMute]) -> list[Muted]:
    """What is silent now, with the findings of each, in three queries whatever their number."""
    above = dict(Region.objects.values_list("pk", "parent"))
    held = Finding.objects.filter(status=Status.MUTED).order_by().values_list("rule", "disclosure__department__region")
    counts = [(rule, _chain(region, above), number) for rule, region, number in held.annotate(Count("pk"))]
    return [
        Muted(
            item,
            rules()[item.rule].title if item.rule in rules() else item.rule,
            sum(
                number
                for rule, regions, number in counts
                if rule == item.rule and (item.region_id is None or item.region_id in regions)
            ),
        )
        for item in mutes
    ]


def _chain(region: int | None, above: dict[int, int | None]) -> frozenset[int]:
    """A region and those above it."""
    found: set[int] = set()
    while region is not None and region not in found:
        found.add(region)
        region = above.get(region)
    return frozenset(found)


@page_of("unmute")
@require_POST
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a rule speak again."""

    def act() -> str:
        ended = unmute_rule(person(request), pk)
        title = rules()[ended.rule].title if ended.rule in rules() else ended.rule
        return f"规则“{title}”已恢复。"

    told(request, act)
    return redirect(reverse("mute"))
