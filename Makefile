# make run    the portal on this machine        make demo   the same, with sample responses in an empty database
# make dev    the same as run, for changing it  make test   all checks and tests
# make long   what takes long: see below        make coverage  which lines and branches the tests do not run
# make clean  takes away what these made, but no data

export PORT ?= 8000
# Everything that is fetched stays in this folder.
export PIP_CACHE_DIR = $(CURDIR)/.bootstrap/pip
HERE = .venv/bin/python
# locale/qqq tells translators about the messages; nobody reads pages in it.
MESSAGES = $(patsubst %.po,%.mo,$(filter-out locale/qqq/%,$(wildcard locale/*/LC_MESSAGES/django.po)))

run: ready
	@$(HERE) manage.py serve $(PORT)

demo: ready
	@$(HERE) manage.py load_samples
	@$(HERE) manage.py serve $(PORT)

# Django's own server: it starts again when a file changes, and shows faults with all their details.
dev: ready
	@DEBUG=true $(HERE) manage.py runserver 127.0.0.1:$(PORT)

# What is done already is not done again: a second start takes seconds.
ready: .venv/installed secret $(MESSAGES) var/static/collected
	@$(HERE) manage.py prepare

test: .venv/installed-dev secret $(MESSAGES)
	@scripts/test

# Without the browser journeys. Fails if a file of rules is below 95 %.
coverage: .venv/installed-dev secret $(MESSAGES)
	@mkdir -p var/coverage
	@DATABASE_URL=sqlite://:memory: $(HERE) -m pytest -q -n 2 --dist loadgroup --no-loadscope-reorder -m "not browser" \
	    --cov --cov-report=term-missing --cov-report=json:var/coverage/report.json
	@$(HERE) scripts/check_coverage.py var/coverage/report.json

# The whole suite on each database and with each driver, then the measurements.
long: .venv/installed-dev secret $(MESSAGES) var/static/collected
	@WHOLE=true scripts/test
	@$(HERE) bench/form_page.py
	@$(HERE) bench/desk.py 5000
	@$(HERE) bench/answer_files.py 10000

# Which Python is asked for once, when .venv is made. One that was left half made has no pip, and is made anew.
.venv/made:
	@.venv/bin/python -c 'import pip' 2>/dev/null || \
	    { python=$$(scripts/find-python) && echo "Making .venv with $$python" && "$$python" -m venv --clear .venv; }
	@touch $@

# pip takes a package that it was stopped in the middle of for installed. So if it was, .venv is made anew.
define install
	@[ ! -e .venv/unfinished ] || { \
	    python=$$($(HERE) -c 'import sys; print(sys._base_executable)') && "$$python" -m venv --clear .venv && \
	    touch .venv/made; }
	@touch .venv/unfinished
	@$(HERE) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@rm .venv/unfinished
endef

.venv/installed: requirements.lock | .venv/made
	@echo "Installing what the portal runs on"
	$(install)
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/made
	@echo "Installing what the tests need"
	$(install)
	@touch $@ .venv/installed

# Looked at each time: somebody may have written an .env of their own, without a key.
secret: | .venv/made
	@$(HERE) -m diversity_portal.dotenv

$(MESSAGES) var/static/collected: | .venv/installed secret

%.mo: %.po scripts/compile_messages.py diversity_portal/catalogues.py
	@$(HERE) -m scripts.compile_messages $<

var/static/collected: $(shell find static -type f) .venv/installed
	@echo "Gathering static files"
	@$(HERE) manage.py collectstatic --noinput --clear -v0
	@touch $@

clean:
	rm -rf .venv .bootstrap var locale/*/LC_MESSAGES/django.mo*

.PHONY: run demo dev ready test coverage long secret clean
