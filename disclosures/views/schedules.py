"""Schedules for administrators: when each is due, what came of it, changing it, running it now."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from disclosures.errors import InvalidValueError, NotVisibleError
from disclosures.models import ScheduleRun
from disclosures.schedules import Option, change, run_now, switch, sync_schedules
from disclosures.schedules.managing import ScheduleView, outcome, schedule_view, schedule_views
from disclosures.schedules.starting import check_administrator, cron_text
from disclosures.schedules.timing import Every, Timing, from_cron, to_cron

from .access import page_of, person, told

SHOWN = 20  # runs of one schedule
_EVERY = (
    (Every.DAY.value, "每天"),
    (Every.WEEK.value, "每周"),
    (Every.MONTH.value, "每月"),
    (Every.MINUTES.value, "每隔几分钟"),
    (Every.OTHER.value, "自定义（cron）"),
)
_WEEKDAYS = [(1, "周一"), (2, "周二"), (3, "周三"), (4, "周四"), (5, "周五"), (6, "周六"), (0, "周日")]
_MINUTES = [(number, f"{number} 分钟") for number in (5, 10, 15, 20, 30)] + [(60, "60 分钟")]


class TimingForm(forms.Form):
    """When, as people say it."""

    every = forms.ChoiceField(label="什么时候", choices=_EVERY)
    weekday = forms.TypedChoiceField(label="星期", choices=_WEEKDAYS, coerce=int, required=False)
    day = forms.IntegerField(label="几日", min_value=1, max_value=28, required=False)
    at = forms.TimeField(label="时间", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.TypedChoiceField(label="每隔", choices=_MINUTES, coerce=int, required=False)
    cron = forms.CharField(
        label="cron 写法", required=False, max_length=100, help_text="分 时 日 月 星期，例如 30 2 * * 1-5"
    )

    def __init__(self, data: Any = None, *, view: ScheduleView) -> None:
        cron = cron_text(view.record) if view.record.periodic.crontab else view.type.timing
        timing = from_cron(cron)
        initial = {
            "every": timing.every.value,
            "weekday": timing.weekday,
            "day": timing.day,
            "at": timing.at,
            "minutes": timing.minutes,
            "cron": cron,
        }
        super().__init__(data, initial=initial)
        kept = view.type.with_defaults(view.record.options)
        self.options = view.type.options
        for option in self.options:
            self.fields[_name(option)] = _field(option, kept[option.name])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        every = Every(data["every"])
        if every in (Every.DAY, Every.WEEK, Every.MONTH) and data.get("at") is None:
            self.add_error("at", "请填写时间，例如 02:00")
            return data
        if every is Every.MONTH and not data.get("day"):
            self.add_error("day", "请填写几日")
            return data
        timing = Timing(
            every,
            data.get("at") or time(0),
            weekday=int(data["weekday"] or 0),
            day=data.get("day") or 1,
            minutes=data["minutes"] or 15,
            cron=data.get("cron") or "",
        )
        try:
            data["timing"] = to_cron(timing)
        except ValueError as error:
            self.add_error("cron" if every is Every.OTHER else "every", str(error))
        return data

    def chosen(self) -> dict[str, Any]:
        """The options as they were entered."""
        return {option.name: self.cleaned_data[_name(option)] for option in self.options}

    def option_fields(self) -> list[forms.BoundField]:
        return [self[_name(option)] for option in self.options]


def _name(option: Option) -> str:
    return f"option-{option.name}"


def _field(option: Option, value: Any) -> forms.Field:
    if option.choices is None:
        return forms.CharField(label=option.label, initial=option.shown(value), help_text=option.help, max_length=100)
    choices = list(option.choices())
    if option.many:
        return forms.MultipleChoiceField(
            label=option.label,
            initial=value,
            choices=choices,
            help_text=option.help,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    required = all(key for key, _ in choices)
    return forms.ChoiceField(
        label=option.label, initial=value, choices=choices, help_text=option.help, required=required
    )


@page_of("schedules")
@require_GET
def schedules(request: HttpRequest) -> HttpResponse:
    """All of them: when, the last time and what came of it, the next."""
    rows = [(view, outcome(view.last) if view.last else "") for view in schedule_views()]
    return render(request, "workplace/schedules.html", {"title": "定时任务", "nav": "tasks", "rows": rows})


@page_of("schedule")
def schedule(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: change it, and its last runs."""
    try:
        view = schedule_view(key)
    except NotVisibleError as error:
        raise Http404 from error
    form = TimingForm(request.POST or None, view=view)
    if request.method == "POST" and form.is_valid() and _keep(request, form, key):
        return redirect("schedules")
    runs = ScheduleRun.objects.filter(schedule=view.record).select_related("task", "user").order_by("-pk")[:SHOWN]
    context = {
        "title": view.record.periodic.name,
        "nav": "tasks",
        "view": view,
        "form": form,
        "runs": [(run, outcome(run)) for run in runs],
    }
    return render(request, "workplace/schedule.html", context)


def _keep(request: HttpRequest, form: TimingForm, key: str) -> bool:
    """Save what a valid form says; what the service refuses is said beside its field."""

    def act() -> str:
        try:
            changed = change(person(request), key, form.cleaned_data["timing"], form.chosen())
        except InvalidValueError as error:
            for place, message in error.problems:
                form.add_error(f"option-{place}" if f"option-{place}" in form.fields else "cron", message)
            return ""
        return f"“{changed}”已保存：{schedule_view(key).when}。"

    return told(request, act) and not form.errors


@page_of("schedule_switch")
@require_POST
def turn(request: HttpRequest, key: str) -> HttpResponse:
    """Switch on or off."""

    def act() -> str:
        changed = switch(person(request), key, on=request.POST.get("on") == "1")
        return f"“{changed}”已{'启用' if changed.periodic.enabled else '停用'}。"

    told(request, act)
    return redirect("schedules")


@page_of("schedule_run")
@require_POST
def run(request: HttpRequest, key: str) -> HttpResponse:
    """Do it now."""

    def act() -> str:
        started = run_now(person(request), key)
        return f"“{started.schedule}”{'已发起，结果会显示在这里。' if started.task else f'：{started.words}。'}"

    told(request, act)
    return redirect("schedules")


@page_of("schedules_sync")
@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """Create the schedules that are not there yet."""

    def act() -> str:
        check_administrator(person(request))
        return f"建立了 {sync_schedules()} 个定时任务。"

    told(request, act)
    return redirect(reverse("schedules"))
