"""The commands as outside programs call them: standard output, standard error, exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from disclosures.plain import data as plain
from disclosures.plain.codec import to_json

ROOT = Path(__file__).resolve().parents[2]
DISCLOSURE = plain.Disclosure(
    "青山市测试局",
    2026,
    plain.Kind.DEPARTMENT,
    tables=(
        plain.Table(
            "T07",
            "政府性基金预算收入表",
            rows=(plain.Row("合计", (("amount", plain.Cell("1.50", "line 77", plain.Surety.DOUBTFUL)),)),),
        ),
    ),
)


@pytest.fixture
def manage(tmp_path):
    """Run manage.py with a data folder of its own; nothing but VAR_DIR is set."""
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DEMO", "DEBUG")}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / "manage.py", *map(str, arguments)],
            env=environment | {"VAR_DIR": str(tmp_path / "var"), "LANG": "C"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture
def disclosure_file(tmp_path) -> Path:
    path = tmp_path / "预算.json"
    path.write_text(json.dumps(to_json(DISCLOSURE), ensure_ascii=False), encoding="utf-8")
    return path


def test_parse_prints_json_and_nothing_else(manage, disclosure_file):
    done = manage("parse_disclosure", disclosure_file)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == to_json(DISCLOSURE)


def test_parse_writes_to_a_file(manage, disclosure_file, tmp_path):
    done = manage("parse_disclosure", disclosure_file, "--output", tmp_path / "out.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["department"] == "青山市测试局"


@pytest.mark.parametrize("command", ["parse_disclosure", "summarise_disclosure"])
@pytest.mark.parametrize(("content", "message"), [(None, "文件不存在"), (b"{", "JSON"), (b"", "空")])
def test_what_cannot_be_read_gives_status_2_and_one_line(manage, tmp_path, command, content, message):
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    done = manage(command, path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_summary_names_tables_and_the_lines_of_doubts(manage, disclosure_file):
    done = manage("summarise_disclosure", disclosure_file)
    assert done.returncode == 0
    assert "T07 表七" in done.stdout
    assert "77 行" in done.stdout
    assert done.stdout.count("没有读到") == 12


def test_import_then_export_gives_the_same_json(manage, disclosure_file):
    assert "migrate" in manage("import_disclosure", disclosure_file).stderr
    assert manage("migrate", "--verbosity", "0").returncode == 0
    imported = manage("import_disclosure", disclosure_file, "missing.txt")
    assert (imported.returncode, imported.stderr.count("\n")) == (2, 1)
    assert "第 1 版" in imported.stdout
    assert "未作改动" in manage("import_disclosure", disclosure_file).stdout
    exported = manage("export_disclosure", 1)
    assert (exported.returncode, json.loads(exported.stdout)) == (0, to_json(DISCLOSURE))
    done = manage("export_disclosure", 2)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有编号为 2" in done.stderr
    for form, magic in (("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"PK"), ("json", b"{")):
        out = disclosure_file.parent / f"out.{form}"
        assert manage("export_disclosure", 1, "--format", form, "--output", out).returncode == 0
        assert out.read_bytes().startswith(magic)
    assert "没有名为" in manage("import_disclosure", disclosure_file, "--submit-as", "nobody").stderr


def test_a_server_process_with_the_default_secret_does_not_start(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
