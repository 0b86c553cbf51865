# The web application, its workers and its clock: one image, one command each (compose.yaml).
# Bookworm, since its postgresql-client (15) is what backup and restore need for the server in compose.yaml.
ARG PYTHON=python:3.12-slim-bookworm

FROM ${PYTHON} AS wheels
WORKDIR /build
COPY requirements.txt ./
# With a folder of wheels beside it (make wheels) the image is built without the internet.
COPY wheel[s]/ ./offline/
RUN if [ -d offline ] && [ -n "$(ls offline)" ]; then cp -r offline wheels; \
    else pip wheel --no-cache-dir --wheel-dir wheels -r requirements.txt; fi

FROM ${PYTHON} AS application
# LibreOffice reads the old formats (.doc, .wps) and draws PDF; without it they are refused in words. OFFICE=0 saves 500 MB.
ARG OFFICE=1
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
    $([ "$OFFICE" = 1 ] && echo libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk) \
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=wheels,source=/build,target=/build \
    pip install --no-cache-dir --no-index --find-links /build/wheels -r /build/requirements.txt
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin disclosures \
 && install -d -o disclosures -g disclosures -m 700 /data
WORKDIR /app
COPY --chown=root:root . .
ENV VAR_DIR=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOG_FORMAT=json LOG_LEVEL=INFO
USER disclosures
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000"]
