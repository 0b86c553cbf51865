# make run: the site with demonstration data · make test: every check · make measure: the large figures
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
# The demonstration has a folder and an SQLite database of its own, whatever the environment says.
DEMO := env -u DATABASE_URL -u REDIS_URL -u ALLOWED_HOSTS DEMO=1 VAR_DIR=$(CURDIR)/var/demo $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run test test-everything screenshots measure backup restore upgrade wheels install-offline

help:
	@echo "make run      安装、建库、导入示例并启动网站（http://$(ADDRESS)/admin/）"
	@echo "make test     全部检查与测试"
	@echo "make screenshots  重新生成 docs/zh/images 中的截图（需要 chromium）"
	@echo "make measure  大规模测量（bench/）"
	@echo "make backup   备份数据库和文件（可加 OUTPUT=文件.tar.zst）"
	@echo "make restore FILE=备份文件   恢复（系统中已有数据时加 REPLACE=1）"
	@echo "make upgrade  换上新程序后运行：备份、更新数据库结构、科目表和静态文件"
	@echo "make wheels   在能上网的机器上下载全部安装包到 wheels/"
	@echo "make install-offline  在不能上网的机器上用 wheels/ 安装"

$(VENV)/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt requirements-ocr.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Whether the site ends, Ctrl+C is pressed or the shell is stopped: site and worker go together.
run: $(VENV)/installed
	$(DEMO) migrate --verbosity 0
	$(DEMO) sync_catalogue
	$(DEMO) demonstrate --address $(ADDRESS)
	@trap 'kill $$worker $$site 2>/dev/null; wait' EXIT; trap 'exit 0' INT TERM HUP; \
	$(DEMO) work --beat & worker=$$!; $(DEMO) runserver --noreload $(ADDRESS) & site=$$!; wait $$site

test: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	BIN=$(BIN) bash tests/run.sh

test-everything: export EVERYTHING = 1
test-everything: test

screenshots: $(VENV)/installed-dev
	$(BIN)/python -m tests.browser.take_screenshots

measure: $(VENV)/installed-dev
	@found=0; for script in bench/measure_*.py; do \
	  [ -e "$$script" ] || continue; found=1; echo "== $$script"; $(BIN)/python "$$script" || exit 1; \
	done; [ $$found = 1 ] || echo "bench/ 中还没有 measure_*.py"

# A running installation; its settings come from the environment (docs/zh/deployment.md).
backup: $(VENV)/installed
	$(BIN)/python manage.py backup $(if $(OUTPUT),--output "$(OUTPUT)")

restore: $(VENV)/installed
	@[ -n "$(FILE)" ] || { echo "请写明备份文件：make restore FILE=…" >&2; exit 1; }
	$(BIN)/python manage.py restore "$(FILE)" $(if $(REPLACE),--replace)

upgrade: $(VENV)/installed
	$(BIN)/python manage.py upgrade

# For a machine without internet: the same system and Python version as there.
wheels: requirements.txt
	$(PYTHON) -m venv $(VENV)-wheels
	$(VENV)-wheels/bin/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheels -r requirements.txt
	rm -rf $(VENV)-wheels

install-offline:
	@[ -d wheels ] || { echo "没有 wheels 文件夹：先在能上网的机器上运行 make wheels，再整个拷过来" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels -r requirements.txt
	@touch $(VENV)/installed
	$(BIN)/python manage.py check
