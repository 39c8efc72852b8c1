# The image of web, worker, beat and migrate: the locked environment without anything for development, and no root.
FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /srv/terugkeer
COPY pyproject.toml uv.lock ./
# The same uv as everywhere: its version stands in the lock.
RUN python -c "import tomllib; print(*('uv==' + p['version'] for p in tomllib.load(open('uv.lock', 'rb'))['package'] if p['name'] == 'uv'))" > uv.txt \
    && pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore -r uv.txt \
    && uv sync --frozen --no-dev --no-cache

FROM python:3.11-slim-bookworm
ENV PATH=/srv/terugkeer/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin terugkeer
WORKDIR /srv/terugkeer
COPY --from=build /srv/terugkeer/.venv .venv
COPY . .
# Collecting needs no database: the values only satisfy the settings, and do not stay in the image.
RUN DATABASE_URL=postgres://x/x REDIS_URL=redis://x SECRET_KEY=x BASE_URL=https://x \
    python manage.py collectstatic --noinput --verbosity=0 \
    && python -m compileall -q cases consent meetings parties plans reintegratie
USER 10001
EXPOSE 8000
CMD ["gunicorn", "reintegratie.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--keep-alive=75", "--max-requests=10000", "--max-requests-jitter=1000", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
