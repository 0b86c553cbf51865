"""Target forms as the workbench shows and edits them: every field with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosures import models
from disclosures.editing import indicator_places, shown
from disclosures.plain import data as plain
from disclosures.plain.form_fields import FUND_WORDS, OVERALL_FUNDS, OVERALL_TEXTS, PROJECT_TEXTS
from disclosures.plain.places import safe, target_keys
from disclosures.services.corrections import active_corrections
from disclosures.storage.registry import target_storage

Shape = dict[str, Any]
Pairs = tuple[tuple[str, str | None], ...]


def targets(record: models.Disclosure) -> Shape:
    """All target forms of a disclosure."""
    projects, overall = target_storage().load(record)
    corrected = active_corrections(record.pk)
    forms = [
        _project(target, f"P/{key}", corrected) for target, key in zip(projects, target_keys(projects), strict=True)
    ]
    forms += [_overall(target, _overall_root(at), corrected) for at, target in enumerate(overall)]
    return {"forms": forms, "counts": [len(projects), len(overall)], "classes": target_storage().classes()}


def _overall_root(position: int) -> str:
    return "O" if position == 0 else f"O#{position + 1}"


def _field(place: str, label: str, value: str | None, corrected: Mapping[str, models.Correction]) -> Shape:
    found = corrected.get(place)
    return {
        "place": place,
        "label": label,
        "value": value,
        "corrected": found is not None,
        "read": found and found.read_value,
    }


def _project(target: plain.ProjectTarget, root: str, corrected: Mapping[str, models.Correction]) -> Shape:
    funds = [
        {
            "label": label,
            "whole": _field(f"{root}/funds.whole.{key}", label, getattr(target.whole, key), corrected),
            "annual": _field(f"{root}/funds.annual.{key}", label, getattr(target.annual, key), corrected),
        }
        for key, label in FUND_WORDS.items()
    ]
    return {
        "place": root,
        "title": target.project or "（缺表头）",
        "kind": "项目",
        "source": target.source,
        "fields": [
            _field(f"{root}/{key}", label, getattr(target, key), corrected) for key, label in PROJECT_TEXTS.items()
        ],
        "funds": funds,
        "fundsUnit": "元",
        "doubtful": [PROJECT_TEXTS.get(name, name) for name in target.doubtful],
        "indicators": _indicators(target.indicators, root, corrected),
    }


def _overall(target: plain.OverallTarget, root: str, corrected: Mapping[str, models.Correction]) -> Shape:
    fields = [_field(f"{root}/unit", "部门（单位）名称", target.unit, corrected)]
    fields += [_field(f"{root}/{key}", label, getattr(target, key), corrected) for key, label in OVERALL_TEXTS.items()]
    return {
        "place": root,
        "title": target.unit,
        "kind": "整体",
        "source": target.source,
        "fields": fields,
        "funds": [],
        "fundsUnit": target.funds_unit,
        "doubtful": [],
        "lists": [
            _lines(root, "staff", ("人员情况", "人数"), target.staff, corrected),
            _lines(root, "funds", ("资金", f"金额（{target.funds_unit}）"), target.funds, corrected),
            _lines(root, "tasks", ("核心职能", "年度重点任务"), target.tasks, corrected),
        ],
        "indicators": _indicators(target.indicators, root, corrected),
    }


def _lines(
    root: str, name: str, heads: tuple[str, str], pairs: Pairs, corrected: Mapping[str, models.Correction]
) -> Shape:
    """Lines of two columns; each value of staff and funds is a place of its own, tasks are edited as a whole."""
    words = [OVERALL_FUNDS.get(label, label) if name == "funds" else label for label, _ in pairs]
    return {
        "name": name,
        "heads": heads,
        "whole": _field(f"{root}/@{name}", heads[0], shown(pairs), corrected),
        "lines": [
            {
                "label": word,
                "value": value,
                "field": None if name == "tasks" else _field(f"{root}/{name}.{safe(label)}", word, value, corrected),
            }
            for word, (label, value) in zip(words, pairs, strict=True)
        ],
        "known": [word for word in OVERALL_FUNDS.values() if word not in words] if name == "funds" else [],
    }


def _indicators(
    indicators: tuple[plain.Indicator, ...], root: str, corrected: Mapping[str, models.Correction]
) -> list[Shape]:
    return [
        {
            "horizon": plain.HORIZON_WORDS[item.horizon],
            "place": place,
            "level1": _field(f"{place}/level1", "一级指标", item.level1, corrected),
            "level2": _field(f"{place}/level2", "二级指标", item.level2, corrected),
            "name": _field(f"{place}/level3", "三级指标", item.level3, corrected),
            "value": _field(f"{place}/value", "指标值", item.value, corrected),
            "doubtful": item.doubtful,
            "source": item.source,
        }
        for item, place in zip(indicators, indicator_places(root, indicators), strict=True)
    ]
