"""The settings of the real processes in the fault tests: the project's own, and kinds of tasks that misbehave.

WITHOUT_MIGRATIONS=1: tables are made by the models, which saves half a minute where nobody asks about migrations.
"""

import os

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.app.FaultsConfig"]
if os.environ.get("WITHOUT_MIGRATIONS") == "1":
    MIGRATION_MODULES = dict.fromkeys([app.split(".")[-1] for app in INSTALLED_APPS if "Config" not in app] + ["admin"])
