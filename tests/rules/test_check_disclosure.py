"""`check_disclosure` as the contract describes it."""

import json

import pytest
from django.core.management import call_command

from disclosures.plain.codec import to_json
from tests.rules.builders import tiny

RIGHT = tiny(T03="合计 | 10.00 | 4.00 | 6.00")
WRONG = tiny(T03="208 类 | 12.00 | 4.00 | 6.00")


@pytest.fixture
def file_of(tmp_path):
    def save(disclosure, name="预算.json"):
        path = tmp_path / name
        path.write_text(json.dumps(to_json(disclosure), ensure_ascii=False), encoding="utf-8")
        return str(path)

    return save


@pytest.fixture
def run(capfd):
    """Call the command: exit status, standard output, standard error."""

    def call(*arguments):
        try:
            call_command("check_disclosure", *arguments)
            status: str | int | None = 0
        except SystemExit as stop:
            status = stop.code
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return call


def test_json_is_one_object_of_the_contract(run, file_of):
    jsonschema = pytest.importorskip("jsonschema")
    status, out, err = run(file_of(WRONG), "--format", "json", "--fail-on", "error")
    result = json.loads(out)
    jsonschema.validate(
        result["findings"],
        {"type": "array", "items": {"type": "object", "required": ["rule", "family", "severity", "where", "message"]}},
    )
    assert (status, err) == (1, "")
    assert result["schema"] == "budget-findings/1"
    assert any(f["where"] == "T03/208/total" and f["difference"] == "+2.00" for f in result["findings"])
    assert result["summary"]["checks_run"] > 0
    assert all(item["reason"] for item in result["not_checked"])


def test_fail_on_decides_the_exit_status(run, file_of):
    path = file_of(WRONG)
    assert run(path, "--fail-on", "never")[0] == 0
    assert run(path, "--fail-on", "warning")[0] == 1


def test_text_groups_by_severity_and_names_table_values_and_line(run, file_of):
    _, out, _ = run(file_of(WRONG))
    lines = out.splitlines()
    assert "错误" in lines[1]
    assert "  表三" in lines
    assert any("表三“208 类” 12.00 万元，与本行各分项之和 10.00 万元不一致，相差 +2.00 万元" in line for line in lines)
    assert any("T03/208/total · 第 1 行 · T-ROW-SUM" in line for line in lines)
    headings = ["错误", "提醒", "参考", "未核对"]
    shown = [line.split(" ")[0] for line in lines[2:] if line.split(" ")[0] in headings]
    assert shown == [heading for heading in headings if heading in shown]


def test_an_unreadable_file_is_status_2_and_one_line(run, tmp_path):
    status, out, err = run(str(tmp_path / "没有.json"))
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "文件不存在" in err


def test_several_files_print_one_object_a_line_in_order_and_the_worst_status(run, file_of, tmp_path):
    missing = str(tmp_path / "没有.json")
    status, out, _ = run(file_of(RIGHT, "甲.json"), missing, file_of(WRONG, "乙.json"), "--format", "json")
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert status == 2
    assert "error" in second
    assert not any(f["rule"] == "T-ROW-SUM" for f in first["findings"])
    assert any(f["rule"] == "T-ROW-SUM" for f in third["findings"])


def test_output_goes_to_the_file(run, file_of, tmp_path):
    target = tmp_path / "结果.json"
    status, out, _ = run(file_of(WRONG), "--format", "json", "--output", str(target))
    assert (status, out) == (1, "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "budget-findings/1"


def test_a_catalogue_of_ones_own_replaces_the_shipped_name(run, file_of, tmp_path):
    catalogue = tmp_path / "目录.json"
    entry = {"code": "208", "name": "类", "verified": True}
    catalogue.write_text(json.dumps({"functional": [entry]}, ensure_ascii=False), encoding="utf-8")
    path = file_of(WRONG)
    _, shipped, _ = run(path, "--format", "json")
    _, own, _ = run(path, "--format", "json", "--catalogue", str(catalogue))
    rules = [[f["rule"] for f in json.loads(text)["findings"]] for text in (shipped, own)]
    assert "C-CATALOGUE" in rules[0]
    assert "C-CATALOGUE" not in rules[1]


def test_a_bad_catalogue_is_said_in_one_line(run, file_of, tmp_path):
    catalogue = tmp_path / "目录.json"
    catalogue.write_text("{", encoding="utf-8")
    status, out, err = run(file_of(RIGHT), "--catalogue", str(catalogue))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
