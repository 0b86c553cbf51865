"""The shipped samples are what the generator makes, and the command makes them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from disclosures.plain.codec import from_json
from disclosures.synthetic import SMALL, generate
from disclosures.synthetic.samples import SAMPLES
from tests.generator.seed_runs import SEEDS, seed_windows, windows

FOLDER = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_in_step_with_the_generator(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == SAMPLES[name]()


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not there")
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_holds_no_sentence_of_a_real_document(name: str) -> None:
    assert not windows(SAMPLES[name]()) & seed_windows()


def test_the_command_renews_the_samples(tmp_path: Path) -> None:
    call_command("generate_disclosures", str(tmp_path), "--samples", stdout=StringIO())
    assert {path.name for path in tmp_path.iterdir()} == set(SAMPLES)


def test_the_command_writes_any_number_of_documents(tmp_path: Path) -> None:
    call_command(
        "generate_disclosures",
        str(tmp_path),
        "--count=3",
        "--seed=5",
        "--size=small",
        "--format=json",
        stdout=StringIO(),
    )
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["small-00005.json", "small-00006.json", "small-00007.json"]
    assert from_json(json.loads(files[0].read_text(encoding="utf-8"))) == generate(5, SMALL)


def test_planted_errors_come_with_their_labels(tmp_path: Path) -> None:
    call_command("generate_disclosures", str(tmp_path), "--count=2", "--size=small", "--errors", stdout=StringIO())
    label = json.loads((tmp_path / "small-00001.label.json").read_text(encoding="utf-8"))
    assert {"kind", "family", "severity", "where", "before", "after"} == set(label)
    assert (tmp_path / "small-00001.txt").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="不能写入文件夹"):
        call_command("generate_disclosures", str(blocked / "folder"), stdout=StringIO())
