# The first stage installs and gathers; the second holds what runs, and no tools.
FROM python:3.13-slim AS build
WORKDIR /portal
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY manage.py gunicorn.conf.py ./
COPY diversity_portal diversity_portal
COPY responses responses
COPY outcomes outcomes
COPY templates templates
COPY static static
COPY locale locale
COPY scripts/compile_messages.py scripts/
# Both need settings, but no database, and a key that nobody knows and nothing is signed with.
RUN export SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") \
    && /venv/bin/python -m scripts.compile_messages \
    && /venv/bin/python manage.py collectstatic --noinput -v0
RUN /venv/bin/pip uninstall --yes --quiet pip

FROM python:3.13-slim
RUN pip uninstall --yes --quiet --root-user-action=ignore pip \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
COPY --from=build /venv /venv
COPY --from=build /portal /portal
WORKDIR /portal
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER portal
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/healthz', headers={'Host': __import__('os').environ['ALLOWED_HOSTS'].split(',')[0]}))"]
# It only serves, so that any number of replicas can start. The database is prepared by a step of its own:
# `python manage.py prepare` (see compose.yaml). gunicorn reads WEB_CONCURRENCY, the number of workers, by itself.
ENV WEB_CONCURRENCY=3
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "diversity_portal.wsgi"]
