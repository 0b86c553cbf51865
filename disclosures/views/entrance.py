"""The way in: logging in, and the password that everybody chooses for themselves."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse_lazy


class LoginForm(AuthenticationForm):
    """Says of a locked name that it is locked, and for how long."""

    def get_invalid_login_error(self) -> ValidationError:
        if getattr(self.request, "login_locked", False):
            return ValidationError(
                f"密码错误的次数太多，请 {settings.LOGIN_LOCK_MINUTES} 分钟后再试，或请本级管理员解除锁定。",
                code="locked",
            )
        return ValidationError("账号或密码不对，请检查大小写后再试。", code="invalid_login")


class Entrance(LoginView):
    template_name = "workplace/login.html"
    redirect_authenticated_user = True
    authentication_form = LoginForm


class OwnPassword(PasswordChangeView):
    """A new password of one's own choice; asked for before anything else after somebody else set it."""

    template_name = "workplace/password.html"
    success_url = reverse_lazy("front")
    extra_context = {"title": "修改密码"}  # noqa: RUF012  # as Django declares it

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, "密码已修改，其他设备上的登录已失效。")
        return response
