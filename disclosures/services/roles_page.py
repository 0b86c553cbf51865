"""The documentation page of who may do what, made from the matrix."""

from __future__ import annotations

from collections.abc import Iterator

from disclosures.models import Role, State

from .matrix import MATRIX, Act
from .pages import PAGES

_INTRODUCTION = """# Who may do what

This page is made from `disclosures/services/matrix.py` (`python manage.py document_roles`); a test holds it
against that.

A person does something with a disclosure when three things hold: it lies within their reach, the table below
allows their role the action in its state, and, for 审核通过, somebody else submitted it. What is out of reach
looks like what does not exist. Reach: 经办 their department and the units below it; 审核 their region and the
regions below; 审计 and 管理员 everything. A superuser is a 管理员 here. Accounts, regions, departments,
catalogues and muted rules are the 管理员's.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join((_INTRODUCTION, *_matrix(), *_pages(), ""))


def _pages() -> Iterator[str]:
    """Who may open which page; what it shows is within their reach."""
    yield "## Pages"
    yield ""
    yield "Others get 403, strangers the login. What a page does with a disclosure follows from the tables above."
    yield ""
    yield "| | " + " | ".join(role.label for role in Role) + " |"
    yield "|---|" + "---|" * len(Role)
    for declared in PAGES.values():
        marks = ("✓" if role in declared.roles else "" for role in Role)
        yield f"| {declared.title} | " + " | ".join(marks) + " |"
    yield ""


def _matrix() -> Iterator[str]:
    for role in Role:
        yield f"## {role.label}"
        yield ""
        yield "| | " + " | ".join(state.label for state in State) + " |"
        yield "|---|" + "---|" * len(State)
        for act in Act:
            marks = ("✓" if state in MATRIX[role][act] else "" for state in State)
            yield f"| {act.label} | " + " | ".join(marks) + " |"
        yield ""
