"""Records of disclosures: accounts, organisation, catalogue, disclosure with its parts, history.

`null=True` on a text means "not printed", which is not the same as printed empty; the plain data
make the same difference and reloading must give it back.
"""

from .accounts import Role, User
from .catalogue import (
    CatalogueEntry,
    DepartmentEconomicClass,
    EconomicPairing,
    FunctionalClass,
    GovernmentEconomicClass,
)
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
from .event import Action, AppendOnlyError, Event
from .organisation import Department, DepartmentKind, DepartmentYear, Region
from .tables import LINE_MODELS, MEASURES, BudgetLine, BudgetTable

__all__ = [
    "LINE_MODELS",
    "MEASURES",
    "Action",
    "AppendOnlyError",
    "Attachment",
    "BudgetLine",
    "BudgetTable",
    "CatalogueEntry",
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
    "NarrativeSection",
    "Note",
    "OtherTable",
    "Part",
    "Region",
    "Role",
    "SourceFile",
    "State",
    "User",
]
