# make run    the portal on this machine        make demo   the same, with sample responses in an empty database
# make test   all checks and tests              make clean  takes away what these made, but no data

PORT ?= 8000
HERE = .venv/bin/python
# locale/qqq tells translators about the messages; nobody reads pages in it.
MESSAGES = $(patsubst %.po,%.mo,$(filter-out locale/qqq/%,$(wildcard locale/*/LC_MESSAGES/django.po)))

run: ready
	@$(HERE) manage.py serve $(PORT)

demo: ready
	@$(HERE) manage.py load_samples
	@$(HERE) manage.py serve $(PORT)

# What is done already is not done again: a second start takes seconds.
ready: .venv/installed secret $(MESSAGES) var/static/collected
	@$(HERE) manage.py prepare

test: .venv/installed-dev secret $(MESSAGES)
	@scripts/test

# Which Python is asked for once, when .venv is made.
.venv/bin/python:
	@python=$$(scripts/find-python) && echo "Making .venv with $$python" && "$$python" -m venv .venv

.venv/installed: requirements.lock | .venv/bin/python
	@echo "Installing what the portal runs on"
	@$(HERE) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing what the tests need"
	@$(HERE) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/installed

# Looked at each time: somebody may have written an .env of their own, without a key.
secret: | .venv/bin/python
	@touch .env && chmod 600 .env
	@grep -q '^SECRET_KEY=.' .env || \
	    { key=$$($(HERE) -c 'import secrets; print(secrets.token_urlsafe(50))') && echo "SECRET_KEY=$$key" >> .env; }

$(MESSAGES) var/static/collected: | .venv/installed secret

%.mo: %.po scripts/compile_messages.py diversity_portal/catalogues.py
	@$(HERE) -m scripts.compile_messages $<

var/static/collected: $(shell find static -type f) .venv/installed
	@echo "Gathering static files"
	@$(HERE) manage.py collectstatic --noinput --clear -v0
	@touch $@

clean:
	rm -rf .venv .bootstrap var locale/*/LC_MESSAGES/django.mo

.PHONY: run demo ready test secret clean
