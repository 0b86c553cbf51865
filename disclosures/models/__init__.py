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
from .filters import SavedFilter
from .notification import NoticeGroup, NoticeKind, NoticePreference, NoticeWay, Notification
from .organisation import Department, DepartmentKind, DepartmentYear, Region
from .published import (
    Measure,
    OpenDataYear,
    Publication,
    PublicationStatus,
    PublishedFigure,
    PublishedIndicator,
    PublishedProject,
)
from .schedule import Schedule, ScheduleRun
from .tables import LINE_MODELS, MEASURES, BudgetLine, BudgetTable
from .task import OPEN_STATES, Task, TaskQueue, TaskState, TaskTrigger, Worker
from .token import ApiToken

__all__ = [
    "LINE_MODELS",
    "MEASURES",
    "OPEN_STATES",
    "Action",
    "ApiToken",
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
    "LoginOutcome",
    "LoginRecord",
    "Measure",
    "NarrativeSection",
    "Note",
    "NoticeGroup",
    "NoticeKind",
    "NoticePreference",
    "NoticeWay",
    "Notification",
    "OpenDataYear",
    "OtherTable",
    "Part",
    "Publication",
    "PublicationStatus",
    "PublishedFigure",
    "PublishedIndicator",
    "PublishedProject",
    "Region",
    "Remark",
    "Role",
    "SavedFilter",
    "Schedule",
    "ScheduleRun",
    "Snapshot",
    "SourceFile",
    "State",
    "Task",
    "TaskQueue",
    "TaskState",
    "TaskTrigger",
    "User",
    "Worker",
]
