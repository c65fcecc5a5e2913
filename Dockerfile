# The first stage installs and gathers; the second holds what runs, and no tools.
FROM python:3.13-slim AS build
WORKDIR /portal
RUN python -m venv /venv
COPY requirements-image.lock .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-image.lock
COPY manage.py gunicorn.conf.py ./
COPY diversity_portal diversity_portal
COPY responses responses
COPY outcomes outcomes
COPY templates templates
COPY static static
COPY locale locale
COPY scripts/compile_messages.py scripts/
RUN SECRET_KEY=only-for-reading-the-catalogues-0123456789-abcdefghij /venv/bin/python -m scripts.compile_messages
# Gathering files needs settings, but no real key and no database.
RUN SECRET_KEY=only-for-gathering-static-files-0123456789-abcdefghij /venv/bin/python manage.py collectstatic --noinput -v0
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
