# See docs/operations.md, "In containers". Build: docker build -t clinic .
FROM python:3.13-slim-bookworm AS build
COPY requirements.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements.txt

FROM python:3.13-slim-bookworm
# pg_dump and pg_restore, for backups. Debian 12's can't dump servers newer than 15.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 clinic && install -d -o clinic /data /backups
COPY --from=build /venv /venv
COPY . /app
# Compile now, because the running container can't write bytecode.
RUN /venv/bin/python -m compileall -q /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data BACKUP_DIR=/backups
USER clinic
VOLUME ["/data", "/backups"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os; from urllib.parse import urlsplit; from urllib.request import Request, urlopen; \
         urlopen(Request('http://127.0.0.1:8000/healthz', headers={'Host': urlsplit(os.environ['BASE_URL']).netloc}), timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", \
     "--no-ws", "--respawn-failed-workers", "--log-level", "warning", "clinic.wsgi:application"]
