"""Imports become one kind of task among others; what was queued stays queued."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def move_answers(apps, schema_editor):
    """What a person chose for an import becomes a parameter of its task."""
    Task = apps.get_model("disclosures", "Task")
    chosen = Task.objects.filter(models.Q(choice__isnull=False) | models.Q(department_id__isnull=False))
    for pk, choice, department in chosen.values_list("pk", "choice", "department_id").iterator():
        Task.objects.filter(pk=pk).update(params={"choice": choice, "department": department})


def move_back(apps, schema_editor):
    """Imports by the system have no place in the older records."""
    Task = apps.get_model("disclosures", "Task")
    Task.objects.exclude(kind="import", user__isnull=False, state__in=["queued", "running", "asking", "done", "failed"]).delete()
    for pk, params in Task.objects.exclude(params={}).values_list("pk", "params").iterator():
        Task.objects.filter(pk=pk).update(choice=params.get("choice"), department_id=params.get("department"))


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0005_api_token")]

    operations = [
        migrations.RemoveConstraint(model_name="importtask", name="task_state"),
        migrations.RenameModel(old_name="ImportTask", new_name="Task"),
        migrations.AddField("task", "title", models.CharField(default="导入文件", max_length=64, verbose_name="名称"), preserve_default=False),
        migrations.AddField("task", "trigger", models.CharField(choices=[("person", "人员"), ("schedule", "定时"), ("system", "系统")], default="person", max_length=16, verbose_name="由谁发起")),
        migrations.AddField("task", "key", models.CharField(blank=True, default="", max_length=200, verbose_name="防重标识")),
        migrations.AddField("task", "queue", models.CharField(choices=[("interactive", "有人在等"), ("bulk", "批量")], default="interactive", max_length=16, verbose_name="队列")),
        migrations.AddField("task", "params", models.JSONField(blank=True, default=dict, verbose_name="参数")),
        migrations.AddField("task", "parent", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="children", to="disclosures.task", verbose_name="所属任务")),
        migrations.AddField("task", "done", models.PositiveIntegerField(default=0, verbose_name="已处理")),
        migrations.AddField("task", "total", models.PositiveIntegerField(default=0, verbose_name="共")),
        migrations.AddField("task", "cancel_requested", models.BooleanField(default=False, verbose_name="要求取消")),
        migrations.AddField("task", "not_before", models.DateTimeField(blank=True, null=True, verbose_name="最早开始")),
        migrations.AddField("task", "rung_at", models.DateTimeField(blank=True, null=True, verbose_name="最近通知")),
        migrations.AddField("task", "claim", models.CharField(blank=True, default="", editable=False, max_length=80, verbose_name="执行标识")),
        migrations.AddField("task", "worker", models.CharField(blank=True, default="", max_length=100, verbose_name="执行进程")),
        migrations.AddField("task", "output_name", models.CharField(blank=True, default="", max_length=255, verbose_name="结果文件名")),
        migrations.AlterField("task", "kind", models.CharField(max_length=32, verbose_name="类型")),
        migrations.AlterField("task", "file_name", models.CharField(blank=True, default="", max_length=255, verbose_name="文件名")),
        migrations.AlterField("task", "queued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间")),
        migrations.AlterField("task", "user", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="disclosures.user", verbose_name="提交人")),
        migrations.AlterField("task", "state", models.CharField(choices=[("queued", "排队中"), ("running", "进行中"), ("asking", "等待选择"), ("done", "已完成"), ("failed", "未完成"), ("cancelled", "已取消")], default="queued", max_length=16, verbose_name="状态")),
        migrations.RunPython(move_answers, move_back),
        migrations.RemoveField("task", "choice"),
        migrations.RemoveField("task", "department"),
        migrations.AddConstraint("task", models.CheckConstraint(condition=models.Q(("state__in", ["queued", "running", "asking", "done", "failed", "cancelled"])), name="task_state")),
        migrations.AddConstraint("task", models.UniqueConstraint(condition=models.Q(("state__in", ["queued", "running", "asking"]), models.Q(("key", ""), _negated=True)), fields=("kind", "key"), name="task_open_key")),
    ]
