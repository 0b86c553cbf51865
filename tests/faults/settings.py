"""The settings of the real processes in the fault tests: the project's own, and kinds of tasks that misbehave."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.app.FaultsConfig"]
