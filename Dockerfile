# One image for the site, the worker and the clock; docker-compose.yml says which is which.
ARG BASE=python:3.13-slim

# --- What is fetched and thrown away: the package installers and a Node that only unpacks the front-end files ----------
FROM ${BASE} AS packages
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements-node.txt package.json package-lock.json .npmrc ./
RUN python3 -m venv /node \
    && /node/bin/python -m pip install -q --require-hashes -r requirements-node.txt \
    && PATH=/node/bin:$PATH npm ci --loglevel error
COPY requirements.txt ./
RUN python3 -m venv /venv && /venv/bin/python -m pip install -q --require-hashes -r requirements.txt

# --- The image ---------------------------------------------------------------------------------------------------------
FROM ${BASE}
# Pango sets the text of the PDFs. The distribution's security updates matter more here than a pinned version.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin samverkan \
    && install -d -o samverkan -g samverkan /data
COPY --from=packages /venv /venv
COPY --from=packages /build/node_modules /app/node_modules
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    VAR_DIR=/data \
    STATIC_ROOT=/app/static_root \
    STATIC_STORAGE=whitenoise.storage.CompressedManifestStaticFilesStorage
WORKDIR /app
COPY . .
# With the secret of nobody: neither the key nor the folder is used after the build.
RUN SECRET_KEY=build-only VAR_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q . \
    && rm -rf /tmp/build
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=4 CMD ["python", "scripts/healthy.py", "web"]
# Processes and no threads; how many is said by WEB_CONCURRENCY.
CMD ["gunicorn", "samverkan.wsgi", "--bind=0.0.0.0:8000", "--worker-class=sync", "--timeout=60", \
     "--worker-tmp-dir=/dev/shm", "--max-requests=2000", "--max-requests-jitter=200", "--no-control-socket", \
     "--access-logfile=-"]
