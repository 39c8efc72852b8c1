# Two commands for everyone: make run, make test. The rest is for who works on the code.
.POSIX:
SHELL = /bin/sh
PY = .venv/bin/python
WITH_SERVERS = $(PY) -m reintegratie.local.servers

.PHONY: help install run test test-long check format bench clean

help:
	@echo 'make run        start alles (database, broker, web, worker, beat) en toon het adres'
	@echo 'make test       de hele test'
	@echo 'make test-long  ook de tests die lang duren'
	@echo 'make check      opmaak, lint, typen, importregels, templates, migraties, instellingen'
	@echo 'make bench      de meting van snelheid (SIZE=full of SIZE=x10 voor meer)'
	@echo 'make clean      gooi de omgeving en alle lokale gegevens weg'

install:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec $$python reintegratie/local/bootstrap.py; fi; done; \
	echo 'Python 3.11 of nieuwer is nodig.' >&2; exit 1

run: install
	@exec $(PY) -m reintegratie.local.run

test: install
	@exec $(WITH_SERVERS) $(PY) -m pytest -n 2 $(ARGS)

test-long: install
	@exec $(WITH_SERVERS) $(PY) -m pytest -n 2 -m 'long or not long' $(ARGS)

check: install
	@exec $(PY) -m reintegratie.local.check

format: install
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .

bench: install
	@exec $(WITH_SERVERS) $(PY) manage.py bench --size "$${SIZE:-small}"

clean:
	rm -rf .venv var staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache
