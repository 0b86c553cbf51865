"""Addresses of background tasks."""

from django.urls import path

from disclosures.views import tasks

urlpatterns = [
    path("", tasks.task_page, name="tasks"),
    path("data/", tasks.task_data, name="task_data"),
    path("<int:pk>/", tasks.task_state, name="task_state"),
    path("<int:pk>/cancel/", tasks.task_cancel, name="task_cancel"),
    path("<int:pk>/retry/", tasks.task_retry, name="task_retry"),
    path("<int:pk>/output/", tasks.task_output, name="task_output"),
]
