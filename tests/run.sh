#!/usr/bin/env bash
# Everything on SQLite and the embedded broker, then on PostgreSQL and Redis everything that touches a database, a
# broker or a worker process. What touches none of them (reading, recognising, rules on plain data, the generator)
# runs once: it cannot tell which services there are, and it is most of the time. Browser tests bring a site of their
# own, on SQLite. Services that are installed and stopped are started. pytest's closing line comes last.
# On PostgreSQL the tables are made by the migrations, on SQLite by the models: both must carry the same tests, and each
# process saves the time of all migrations.
set -u
BIN=${BIN:-.venv/bin}
PG_URL=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} # tests make databases of their own on it
REDIS=${TEST_REDIS_URL:-redis://127.0.0.1:6379/15}                       # emptied before and after

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

empty_redis() {
  REDIS_URL=$REDIS "$BIN/python" - <<'PY' 2>/dev/null
import os, redis
redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=3).flushdb()
PY
}

start_redis() {
  command -v redis-server >/dev/null || return 1
  redis-server --daemonize yes --bind 127.0.0.1 --save "" >/dev/null
  sleep 1
}

# The gate has twenty minutes. There the engine's own tests run on PostgreSQL and Redis; faults of real processes, and
# what is marked `thorough` (every page through axe, the API fuzzed, old formats through LibreOffice) not at all.
# EVERYTHING=1 (`make test-everything`) runs all of it on both.
ON_SERVICES="database and engine and not faults and not thorough"
EMBEDDED="not thorough and not faults"
if [ "${EVERYTHING:-}" = 1 ]; then
  ON_SERVICES="database or faults"
  EMBEDDED=""
else
  echo "!! 未运行：标为 thorough 的测试，以及故障测试（真实进程）；运行全部请用 make test-everything" >&2
fi

missing=()
postgres_answers || { start_postgres; postgres_answers; } || missing+=(PostgreSQL)
empty_redis || { start_redis; empty_redis; } || missing+=(Redis)

if [ ${#missing[@]} -eq 0 ]; then
  echo "== 数据库、任务与故障测试：PostgreSQL + Redis"
  DATABASE_URL=$PG_URL REDIS_URL=$REDIS "$BIN/python" -m pytest -q -n auto -m "$ON_SERVICES" --durations=10 || exit 1
  echo "== 用时 $SECONDS 秒"
  empty_redis
elif [ "${CI:-}" = "true" ]; then
  echo "!! 缺少 ${missing[*]}：CI 中视为失败" >&2
  exit 1
else
  echo "!! 未运行：缺少 ${missing[*]}，测试只在 SQLite 和内置队列上运行" >&2
  EMBEDDED=${EMBEDDED:+not thorough}
fi

echo "== 测试：SQLite + 内置队列"
exec env -u DATABASE_URL -u REDIS_URL "$BIN/python" -m pytest -q -n auto --no-migrations --durations=10 -m "$EMBEDDED"
