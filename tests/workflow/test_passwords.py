"""What is wrong with a password is said in Chinese."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from disclosures.models import User


@pytest.mark.parametrize("password", ["1", "123", "password", "zhangsan", "12345678901"])
def test_every_refusal_is_in_chinese(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(username="zhangsan"))
    assert not [words for words in refused.value.messages if re.search("[A-Za-z]{3}", words)]


def test_the_advice_is_in_chinese():
    assert not [words for words in password_validators_help_texts() if re.search("[A-Za-z]{3}", words)]
