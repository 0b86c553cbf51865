#!/usr/bin/env bash
# The whole suite twice: on PostgreSQL and Redis everything that touches a database, a broker or a worker process, then
# on SQLite and the embedded broker everything. What touches none of them (reading, recognising, rules on plain data,
# the generator) runs once: it cannot tell which services there are, and it is most of the time. Then the browser, with
# a site of its own on SQLite. Services that are installed and stopped are started. pytest's closing line comes last.
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

# What is marked `thorough` (every page through axe for every role, old formats through LibreOffice, the
# longest faults) takes longer than the gate has; EVERYTHING=1 (`make test-everything`) runs it too.
THOROUGH="not thorough"
if [ "${EVERYTHING:-}" = 1 ]; then
  THOROUGH="(thorough or not thorough)"
else
  echo "!! 未运行：标为 thorough 的测试；运行全部请用 make test-everything" >&2
fi

run() {
  echo "== $1"
  shift
  "$BIN/python" -m pytest -q -n auto --durations=10 "$@" || exit 1
  echo "== 到此用时 $SECONDS 秒"
}

unset DATABASE_URL REDIS_URL # the caller's own installation is not tested on

missing=()
postgres_answers || { start_postgres; postgres_answers; } || missing+=(PostgreSQL)
empty_redis || { start_redis; empty_redis; } || missing+=(Redis)

if [ ${#missing[@]} -eq 0 ]; then
  export DATABASE_URL=$PG_URL REDIS_URL=$REDIS
  run "数据库、任务和故障测试：PostgreSQL + Redis" -m "(database or faults) and not browser and $THOROUGH"
  unset DATABASE_URL REDIS_URL
  empty_redis
elif [ "${CI:-}" = "true" ]; then
  echo "!! 缺少 ${missing[*]}：CI 中视为失败" >&2
  exit 1
else
  echo "!! 未运行：缺少 ${missing[*]}，测试只在 SQLite 和内置队列上运行" >&2
fi

run "全部测试：SQLite + 内置队列" --no-migrations -m "not browser and $THOROUGH"
run "浏览器测试" --no-migrations --dist loadfile -m "browser and $THOROUGH"
