#!/usr/bin/env bash
# The tests on SQLite, then the database tests once more on PostgreSQL. pytest's closing line comes last.
set -u
BIN=${BIN:-.venv/bin}
PG_URL=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}

postgres_answers() {
  DATABASE_URL=$PG_URL "$BIN/python" - <<'PY' 2>/dev/null
import os, psycopg
psycopg.connect(os.environ["DATABASE_URL"].replace("postgres://", "postgresql://"), connect_timeout=3).close()
PY
}

start_postgres() {
  command -v pg_ctlcluster >/dev/null && [ -d /etc/postgresql ] || return 1
  for version in $(ls /etc/postgresql); do
    pg_ctlcluster --skip-systemctl-redirect "$version" main start 2>/dev/null
  done
  sleep 2
}

left_out=""
if postgres_answers || { start_postgres; postgres_answers; }; then
  echo "== 数据库测试：PostgreSQL"
  DATABASE_URL=$PG_URL "$BIN/python" -m pytest -q -n auto -m database || exit 1
else
  left_out="PostgreSQL 不可用：数据库测试只在 SQLite 上运行"
  if [ "${CI:-}" = "true" ]; then
    echo "!! $left_out（CI 中视为失败）" >&2
    exit 1
  fi
fi

[ -z "$left_out" ] || echo "!! 未运行：$left_out" >&2
echo "== 全部测试：SQLite"
exec env -u DATABASE_URL "$BIN/python" -m pytest -q -n auto
