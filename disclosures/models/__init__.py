"""Records of disclosures: accounts, organisation, catalogue, disclosure with its parts, history.

`null=True` on a text means "not printed", which is not the same as printed empty; the plain data
make the same difference and reloading must give it back.
"""

from .accounts import LoginOutcome, LoginRecord, Role, User
from .append_only import AppendOnly, AppendOnlyError
from .catalogue import (
    CatalogueEntry,
    DepartmentEconomicClass,
    EconomicPairing,
    FunctionalClass,
    GovernmentEconomicClass,
)
from .corrections import Correction, CorrectionAction, CorrectionKind, Remark, Snapshot
from .disclosure import (
    Attachment,
    Disclosure,
    DisclosureKind,
    NarrativeSection,
    Note,
    OtherTable,
    Part,
    SourceFile,
    State,
)
from .event import Action, Event
from .organisation import Department, DepartmentKind, DepartmentYear, Region
from .tables import LINE_MODELS, MEASURES, BudgetLine, BudgetTable
from .task import ImportTask, TaskKind, TaskState

__all__ = [
    "LINE_MODELS",
    "MEASURES",
    "Action",
    "AppendOnly",
    "AppendOnlyError",
    "Attachment",
    "BudgetLine",
    "BudgetTable",
    "CatalogueEntry",
    "Correction",
    "CorrectionAction",
    "CorrectionKind",
    "Department",
    "DepartmentEconomicClass",
    "DepartmentKind",
    "DepartmentYear",
    "Disclosure",
    "DisclosureKind",
    "EconomicPairing",
    "Event",
    "FunctionalClass",
    "GovernmentEconomicClass",
    "ImportTask",
    "LoginOutcome",
    "LoginRecord",
    "NarrativeSection",
    "Note",
    "OtherTable",
    "Part",
    "Region",
    "Remark",
    "Role",
    "Snapshot",
    "SourceFile",
    "State",
    "TaskKind",
    "TaskState",
    "User",
]
