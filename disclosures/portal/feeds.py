"""What is new for feed readers, and the addresses for search engines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from disclosures.models import Publication, PublicationStatus

from . import selectors
from .addresses import current_link, fixed_link
from .http import SECONDS

_NEWEST = 50
_PER_MAP = 5000


if TYPE_CHECKING:  # generic in the stubs only
    _Feed = Feed[Publication, None]
    _Publications = Sitemap[Publication]
    _Pages = Sitemap[str]
else:
    _Feed, _Publications, _Pages = Feed, Sitemap, Sitemap


class Rss(_Feed):
    """Publications and withdrawals, newest first."""

    feed_type: type[Rss201rev2Feed] | type[Atom1Feed] = Rss201rev2Feed
    title = "部门预算公开"
    description = "新公开和撤回的部门预算、单位预算"

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = super().__call__(request, *args, **kwargs)
        answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
        return answer

    def link(self) -> str:
        return reverse("portal:home")

    def items(self) -> QuerySet[Publication]:
        return selectors.visible().order_by("-changed_at", "-pk")[:_NEWEST]

    def item_title(self, item: Publication) -> str:
        words = {PublicationStatus.WITHDRAWN: "（已撤回）", PublicationStatus.SUPERSEDED: "（已有新版）"}
        mark = words.get(PublicationStatus(item.status), "")
        return f"{item.title} {item.fiscal_year} 年{item.get_kind_display()}{mark}"

    def item_description(self, item: Publication) -> str:
        if item.status == PublicationStatus.WITHDRAWN:
            return f"第 {item.version} 版已撤回，原因：{item.withdrawn_reason}"
        return f"第 {item.version} 版，{item.published_at:%Y-%m-%d} 公开"

    def item_link(self, item: Publication) -> str:
        return fixed_link(item)

    def item_pubdate(self, item: Publication) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Publication) -> datetime:
        return item.changed_at

    def item_guid(self, item: Publication) -> str:
        return f"urn:sha256:{item.snapshot.sha256}:{item.status}"

    item_guid_is_permalink = False


class Atom(Rss):
    feed_type = Atom1Feed
    subtitle = Rss.description

    def feed_guid(self) -> str:
        return "urn:budget-disclosures:publications"


class Publications(_Publications):
    """The current publications."""

    limit = _PER_MAP
    changefreq = "monthly"

    def items(self) -> QuerySet[Publication]:
        return selectors.current().order_by("pk")

    def location(self, item: Publication) -> str:
        return current_link(item)

    def lastmod(self, item: Publication) -> datetime:
        return item.changed_at


class Pages(_Pages):
    """The pages that are always there."""

    def items(self) -> Iterable[str]:
        return ["portal:home", "portal:search", "portal:compare", "portal:data"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"pages": Pages, "publications": Publications}


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """The portal may be found; the workplace is nobody's business."""
    lines = (
        "User-agent: *",
        "Allow: /open/",
        "Allow: /static/",
        "Disallow: /open/search/",
        "Disallow: /open/compare/",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    )
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
