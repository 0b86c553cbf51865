"""Addresses of the workplace. Those that need findings are in `audit.urls`."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from disclosures.views import edits, front, imports, listing, public, steps, workbench

urlpatterns = [
    path("", front.front, name="front"),
    path(
        "login/",
        LoginView.as_view(template_name="workplace/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("import/", imports.import_page, name="import"),
    path("import/upload/", imports.upload, name="import_upload"),
    path("import/tasks/", imports.task_list, name="import_tasks"),
    path("import/tasks/<int:pk>/answer/", imports.task_answer, name="import_answer"),
    path("disclosures/", listing.disclosure_list, name="list"),
    path("disclosures/<int:pk>/", workbench.workbench, name="workbench"),
    path("disclosures/<int:pk>/parts/<slug:key>/", workbench.part, name="part"),
    path("disclosures/<int:pk>/original/", workbench.original, name="original"),
    path("disclosures/<int:pk>/download/", workbench.download, name="download"),
    path("disclosures/<int:pk>/correct/", edits.correct, name="correct"),
    path("disclosures/<int:pk>/revert/", edits.revert, name="revert"),
    path("disclosures/<int:pk>/place-history/", edits.place_history, name="place_history"),
    path("disclosures/<int:pk>/remarks/", steps.remark, name="remark"),
    path("disclosures/<int:pk>/final-file/", steps.final_file, name="final_file"),
    path("disclosures/<int:pk>/steps/<slug:act>/", steps.step, name="step"),
    path("published/<int:pk>/", public.published, name="published"),
    path("published/<int:pk>/file/", public.final_file, name="published_file"),
]
