# make run: the site with demonstration data · make test: every check · make measure: the large figures
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000

.DEFAULT_GOAL := help
.PHONY: help run test measure

help:
	@echo "make run      安装、建库、导入示例并启动网站（http://$(ADDRESS)/admin/）"
	@echo "make test     全部检查与测试"
	@echo "make measure  大规模测量（bench/）"

$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/installed
	DEMO=1 $(BIN)/python manage.py migrate --verbosity 0
	DEMO=1 $(BIN)/python manage.py sync_catalogue
	DEMO=1 $(BIN)/python manage.py demonstrate --address $(ADDRESS)
	DEMO=1 $(BIN)/python manage.py runserver --noreload $(ADDRESS)

test: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	BIN=$(BIN) bash tests/run.sh

measure: $(VENV)/installed-dev
	@found=0; for script in bench/measure_*.py; do \
	  [ -e "$$script" ] || continue; found=1; echo "== $$script"; $(BIN)/python "$$script" || exit 1; \
	done; [ $$found = 1 ] || echo "bench/ 中还没有 measure_*.py"
