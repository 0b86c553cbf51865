"""The catalogue of classes (政府收支分类科目) as data: CSV files beside this one, and the loader. No Django.

Each entry says from when to when it holds, where it comes from and whether a document confirmed it.
May enter: more entries. Must not enter: what follows from an unknown code (that is a rule).
"""

from .loader import Catalogue, CatalogueError, ClassEntry, ClassKind, EconomicPair, load_catalogue, read_override

__all__ = [
    "Catalogue",
    "CatalogueError",
    "ClassEntry",
    "ClassKind",
    "EconomicPair",
    "load_catalogue",
    "read_override",
]
