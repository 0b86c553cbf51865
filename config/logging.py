"""Logs: one line of JSON each with LOG_FORMAT=json, plain lines otherwise; both name the request and the task."""

from __future__ import annotations

import logging
from typing import Any

from disclosures.log_context import request_id, task_id

_PLAIN = "%(asctime)s %(levelname)s %(name)s%(whose)s %(message)s"
_FIELDS = "%(asctime)s %(levelname)s %(name)s %(process)d %(request_id)s %(task_id)s %(message)s"


class Whose(logging.Filter):
    """Adds the request and the task to every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        named = {"request": request_id.get(), "task": task_id.get()}
        whose = "".join(f" [{name} {value}]" for name, value in named.items() if value)
        record.__dict__ |= {"request_id": named["request"], "task_id": named["task"], "whose": whose}
        return True


def logging_settings(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING. `form` is "json" or "plain"; in plain form refused requests are not listed."""
    requests = "WARNING" if form == "json" else "ERROR"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"whose": {"()": f"{__name__}.Whose"}},
        "formatters": {
            "plain": {"format": _PLAIN},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": _FIELDS,
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "json_ensure_ascii": False,
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["whose"],
                "formatter": "json" if form == "json" else "plain",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.request": {"level": requests},
            "site.requests": {"level": "INFO" if form == "json" else "WARNING"},
        },
    }
