"""The site with findings offered as a sheet, whatever `audit.admin` registers."""

from django.contrib.admin import AdminSite
from django.urls import include, path

from audit.exchange.admin import FindingSheetAdmin
from audit.models import Finding

site = AdminSite(name="admin")
site.register(Finding, FindingSheetAdmin)

urlpatterns = [
    path("", include("disclosures.urls")),
    path("", include("audit.urls")),
    path("admin/", site.urls),
]
