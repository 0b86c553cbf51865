# make run: the site with demonstration data · make test: every check · make measure: the large figures
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
# The demonstration has a folder and an SQLite database of its own, whatever the environment says.
DEMO := env -u DATABASE_URL -u REDIS_URL -u ALLOWED_HOSTS DEMO=1 VAR_DIR=$(CURDIR)/var/demo $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run test screenshots measure

help:
	@echo "make run      安装、建库、导入示例并启动网站（http://$(ADDRESS)/admin/）"
	@echo "make test     全部检查与测试"
	@echo "make screenshots  重新生成 docs/zh/images 中的截图（需要 chromium）"
	@echo "make measure  大规模测量（bench/）"

$(VENV)/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/installed
	$(DEMO) migrate --verbosity 0
	$(DEMO) sync_catalogue
	$(DEMO) demonstrate --address $(ADDRESS)
	@$(DEMO) work & worker=$$!; trap "kill $$worker" EXIT; $(DEMO) runserver --noreload $(ADDRESS)

test: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	BIN=$(BIN) bash tests/run.sh

screenshots: $(VENV)/installed-dev
	$(BIN)/python -m tests.browser.take_screenshots

measure: $(VENV)/installed-dev
	@found=0; for script in bench/measure_*.py; do \
	  [ -e "$$script" ] || continue; found=1; echo "== $$script"; $(BIN)/python "$$script" || exit 1; \
	done; [ $$found = 1 ] || echo "bench/ 中还没有 measure_*.py"
