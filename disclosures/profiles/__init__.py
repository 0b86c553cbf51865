"""Template profiles: the tables of a province and period, declared once as data.

Lives here: the declaration types and one module per profile. Recogniser, rules, models, admin,
import-export and docs derive from these declarations. May enter: another province's tables, as
data. Must not enter: code that reads, checks or stores.
"""

from .declaration import (
    LABEL_HEADS,
    LEFT,
    UP,
    ColumnDecl,
    Header,
    Hierarchy,
    ItemDecl,
    RowSum,
    SideDecl,
    TableDecl,
    TemplateProfile,
)
from .shanxi import SHANXI_2024

PROFILES = {SHANXI_2024.id: SHANXI_2024}
DEFAULT_PROFILE = SHANXI_2024

__all__ = [
    "DEFAULT_PROFILE",
    "LABEL_HEADS",
    "LEFT",
    "PROFILES",
    "SHANXI_2024",
    "UP",
    "ColumnDecl",
    "Header",
    "Hierarchy",
    "ItemDecl",
    "RowSum",
    "SideDecl",
    "TableDecl",
    "TemplateProfile",
]
