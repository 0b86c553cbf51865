"""Addresses of the portal, below `/open/`. They stay: people and programs have noted them."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from . import browse, comparing, downloads, feeds, parts, searching, showing


class Id:
    """A number that a key can be."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Year(Id):
    regex = "[12][0-9]{3}"


class Version(Id):
    regex = "[1-9][0-9]{0,3}"


class KindSlug(Id):
    regex = "department|unit"

    def to_python(self, value: str) -> str:  # type: ignore[override]
        return value


class Name:
    """The name of a region or department; databases hold no NUL."""

    regex = r"[^/\x00]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Id, "id")
register_converter(Year, "year")
register_converter(Version, "version")
register_converter(KindSlug, "kind")
register_converter(Name, "name")

app_name = "portal"
_ADDRESS = "departments/<id:department>/<year:year>/<kind:kind>/"
_PAGES = (
    ("", showing.disclosure, "disclosure"),
    ("tables/<slug:table>/", parts.table, "table"),
    ("narrative/", parts.narrative, "narrative"),
    ("targets/", parts.targets, "targets"),
    ("targets/<id:form>/", parts.target, "target"),
    ("download/<slug:form>/", downloads.download, "download"),
)

urlpatterns = [
    path("", browse.home, name="home"),
    path("departments/<id:department>/", browse.department, name="department"),
    path("search/", searching.search, name="search"),
    path("compare/", comparing.compare, name="compare"),
    path("data/", downloads.data, name="data"),
    path("data/dictionary.csv", downloads.dictionary, name="dictionary"),
    path("data/<year:year>.zip", downloads.archive, name="archive"),
    path("feed.atom", feeds.Atom(), name="atom"),
    path("feed.rss", feeds.Rss(), name="rss"),
    path("by-name/<name:region>/<name:department>/<year:year>/<kind:kind>/", browse.by_name, name="by_name"),
    *(path(f"{_ADDRESS}{tail}", view, name=name) for tail, view, name in _PAGES),
    *(path(f"{_ADDRESS}v<version:version>/{tail}", view, name=f"{name}_version") for tail, view, name in _PAGES),
    re_path("", browse.nowhere, name="nowhere"),
]
