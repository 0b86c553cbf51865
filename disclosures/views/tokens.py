"""The page of one's own tokens: make one, see it once, end it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from disclosures.errors import ServiceError
from disclosures.models import ApiToken
from disclosures.services.tokens import DEFAULT_DAYS, LONGEST_DAYS, create_token, revoke_token

from .access import page, person


class TokenForm(forms.Form):
    """What a token is for, and for how long it is good."""

    name = forms.CharField(
        label="用途", max_length=100, widget=forms.TextInput(attrs={"placeholder": "例如：财政局数据汇总脚本"})
    )
    days = forms.IntegerField(label="有效期（天）", min_value=1, max_value=LONGEST_DAYS, initial=DEFAULT_DAYS)


@page
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of this person. The text of a new one is in this one answer and nowhere else."""
    form = TokenForm(request.POST or None)
    text = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, text = create_token(person(request), form.cleaned_data["name"], form.cleaned_data["days"])
            form = TokenForm()
        except ServiceError as error:
            messages.error(request, str(error))
    own = ApiToken.objects.filter(user=person(request))
    context = {"title": "接口令牌", "nav": "tokens", "form": form, "text": text, "tokens": own, "now": timezone.now()}
    return render(request, "workplace/tokens.html", context)


@page
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of them."""
    try:
        token = revoke_token(person(request), pk)
        messages.success(request, f"令牌“{token.name}”已停用，用它的程序从现在起不能再访问。")
    except ServiceError as error:
        messages.error(request, str(error))
    return redirect("tokens")
