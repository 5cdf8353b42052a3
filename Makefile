# run: start a demo site · dev: the same, reloading on changes · test, lint: what CI runs · lock: pin dependencies
# drill: kill web server, worker and database while 1,000 inquiries arrive, and check that none is lost
PYTHON ?= python3
VENV = .venv/installed
BIN = .venv/bin
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: run dev test audit bench drill rehearse release lint lock architecture urgency urgency-weights
.DEFAULT_GOAL = run
# Keep bytecode. Otherwise each process compiles Django and Wagtail again.
unexport PYTHONDONTWRITEBYTECODE

run: $(VENV)
	@exec $(BIN)/python -m clinic.devtools.demo

dev: $(VENV)
	@exec $(BIN)/python -m clinic.devtools.demo --dev

test: $(VENV)
	@$(BIN)/python -m tests.support.install_browser
	@$(BIN)/python -m tests.support.install_nginx
	@$(BIN)/python -m pytest -n auto --dist worksteal

# Checks a running site with axe, an HTML validator and Lighthouse. Needs npm, Java and Chromium.
audit: $(VENV)
	@$(BIN)/python -m bench.audit.run http://localhost:$(or $(PORT),8000)

# Compares the site with others, with SIZE inquiries. OPTIONS=--write updates bench/README.md.
bench: $(VENV)
	@$(BIN)/python -m bench.comparison.run $(if $(SIZE),--size $(SIZE)) $(OPTIONS)

# Follows docs/operations.md on a minimal Debian in a container: install, inquiry, backup, upgrade, rollback, restore. Needs
# root, debootstrap and systemd-container. SUITE=trixie uses Debian 13.
rehearse: $(VENV)
	@$(BIN)/python -m bench.rehearsal.run $(SUITE)

# Builds a release in var/release: source, bill of materials, licenses and notes.
release: $(VENV)
	@$(BIN)/python -m bench.release

drill: $(VENV)
	@$(BIN)/python -m bench.drill.run

lint: $(VENV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --lint templates
	@DEBUG=1 SECRET_KEY=$(shell printf 'l%.0s' $$(seq 50)) DATABASE_URL=postgres://lint/lint FIELD_KEYS=lint:$(shell printf 'A%.0s' $$(seq 43))= $(BIN)/mypy

# Updates the diagram of packages and imports in docs/architecture.md.
architecture: $(VENV)
	@$(BIN)/python -m clinic.devtools.architecture

# Recall and false alarms of the urgency rules on held-out messages. urgency-weights trains the score again.
urgency: $(VENV)
	@DEBUG=1 $(BIN)/python -m bench.urgency.evaluate

urgency-weights: $(VENV)
	@DEBUG=1 $(BIN)/python -m bench.urgency.train

lock: .venv/bin/uv
	@$(LOCK) --output-file requirements.txt pyproject.toml
	@$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

# Also replaces a .venv whose Python is too old or no longer there.
ifneq ($(shell $(BIN)/python -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
.PHONY: .venv/bin/uv
endif
.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV): .venv/bin/uv requirements.txt requirements-dev.txt
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
