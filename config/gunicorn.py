"""How the web process is served: `gunicorn config.wsgi --config config/gunicorn.py`."""

from __future__ import annotations

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "0")) or min(2 * (os.cpu_count() or 1) + 1, 9)
threads = 4  # a slow download does not hold up a whole process
timeout = 120  # seconds without a sign of life; long work is done by the workers, not here
graceful_timeout = 60  # seconds for the requests in hand when it restarts (HUP)
max_requests, max_requests_jitter = 5000, 500  # whatever leaks does not leak for ever
forwarded_allow_ips = os.environ.get("PROXY_IPS", "127.0.0.1")  # who may say that a request came by HTTPS
control_socket_disable = True  # signals do; one socket in the home would serve all sites of an account
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # its heartbeat must not wait for a disk
