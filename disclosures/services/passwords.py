"""What a password must be, in Chinese where Django's translation has none."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    """At least eight characters."""

    def get_error_message(self) -> str:
        return f"密码至少 {self.min_length} 个字符"

    def get_help_text(self) -> str:
        return f"密码至少 {self.min_length} 个字符。"
