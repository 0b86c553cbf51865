"""Write synthetic disclosures to a folder, or renew the samples that the project ships."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosures.plain.codec import to_json
from disclosures.plain.data import Disclosure
from disclosures.synthetic import FLOW_STYLES, GRID_STYLES, SIZES, generate, write_flow_text, write_grid_text
from disclosures.synthetic.errors import UnspoilableError, mutate
from disclosures.synthetic.samples import SAMPLES

_FORMATS = ("json", *(f"grid-{name}" for name in GRID_STYLES), *(f"flow-{name}" for name in FLOW_STYLES))


class Command(BaseCommand):
    help = "生成虚构的部门预算公开文件（用于测试、演示和测速）；也可更新随项目提供的示例"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("output", type=Path, help="写入的文件夹")
        parser.add_argument("--samples", action="store_true", help="写入随项目提供的示例，忽略其他选项")
        parser.add_argument("--count", type=int, default=10, help="生成多少份（默认 10）")
        parser.add_argument("--seed", type=int, default=1, help="第一份的随机种子（默认 1）")
        parser.add_argument("--size", choices=SIZES, default="medium", help="规模（默认 medium）")
        parser.add_argument("--format", choices=_FORMATS, default="grid-contents", help="写成什么格式和版式")
        parser.add_argument("--errors", action="store_true", help="每份放入一处差错，说明写入同名 .label.json")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        try:
            output.mkdir(parents=True, exist_ok=True)
            written = self._samples(output) if options["samples"] else self._generated(output, options)
        except OSError as error:
            raise CommandError(f"不能写入文件夹 {output}：{error.strerror}") from error
        self.stdout.write(f"已写入 {written} 个文件：{output}")

    def _samples(self, output: Path) -> int:
        for name, make in SAMPLES.items():
            (output / name).write_text(make(), encoding="utf-8")
        return len(SAMPLES)

    def _generated(self, output: Path, options: dict[str, Any]) -> int:
        suffix = "json" if options["format"] == "json" else "txt"
        written = 0
        for seed in range(options["seed"], options["seed"] + options["count"]):
            disclosure = generate(seed, SIZES[options["size"]])
            stem = f"{options['size']}-{seed:05d}"
            if options["errors"]:
                try:
                    disclosure, label = mutate(disclosure, seed)
                except UnspoilableError as error:
                    raise CommandError(str(error)) from error
                text = json.dumps(asdict(label), ensure_ascii=False, indent=1)
                (output / f"{stem}.label.json").write_text(text + "\n", encoding="utf-8")
                written += 1
            (output / f"{stem}.{suffix}").write_text(_text(disclosure, options["format"], seed), encoding="utf-8")
            written += 1
        return written


def _text(disclosure: Disclosure, form: str, seed: int) -> str:
    layout, _, style = form.partition("-")
    if layout == "grid":
        return write_grid_text(disclosure, GRID_STYLES[style], seed)
    if layout == "flow":
        return write_flow_text(disclosure, FLOW_STYLES[style], seed)
    return json.dumps(to_json(disclosure), ensure_ascii=False, indent=1) + "\n"
