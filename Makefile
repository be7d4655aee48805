# Every target makes what it needs first: `make run` and `make test` work from a bare clone.

PY := .venv/bin/python
BOOT := $(firstword $(foreach p,python3 python3.11 python3.12 python3.13,$(shell command -v $(p))))
TEMPLATES = $(sort $(wildcard resources/templates/*.netwright))
# The file that `make run` opens. Without one the window opens what was open last, at first an
# untitled copy of a template: the templates themselves are never saved over.
PROJECT ?=
EXAMPLE := resources/templates/digits-cnn.netwright

# Threads that outnumber the cores make small models slower, and tests run side by side.
# Many tests start processes, which need not compile every module anew.
TEST_ENV := OMP_NUM_THREADS=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=
OFFSCREEN := $(TEST_ENV) QT_QPA_PLATFORM=offscreen
ON_SCREEN := $(TEST_ENV) QT_QPA_PLATFORM=xcb .ci/with-display
# How many tests run at once, and any further words for pytest: make test PYTEST="-k wires"
JOBS ?= 2
PYTEST ?=

export PYTHON TORCH

.PHONY: help setup setup-test run test lint types check pytest test-slow bench screenshots translations clean
.NOTPARALLEL:

help:
	@echo 'make run          open the window on an example; PROJECT=file.netwright opens that one'
	@echo 'make test         lint, types, templates and every quick test; PYTEST="-k word" narrows'
	@echo 'make test-slow    the tests that take long or need a real (virtual) screen'
	@echo 'make lint, types, check, pytest   one part of make test each'
	@echo 'make bench        time everything; ONLY=area times one area'
	@echo 'make screenshots  draw the window: README'"'"'s pictures, and more into build/screenshots'
	@echo 'make translations  take new text to resources/translations; FONT=FILE renews the glyphs'
	@echo 'make setup        only make the environment in .venv; PYTHON=python3.12 chooses its Python,'
	@echo '                  TORCH=installed takes the torch that this Python already has'
	@echo 'make clean        remove .venv and everything else that was made'

setup:
	@$(if $(BOOT),$(BOOT) .ci/setup.py run,echo 'Netwright needs Python 3.11, 3.12 or 3.13; there is no python3 here.'; exit 1)

setup-test:
	@$(if $(BOOT),$(BOOT) .ci/setup.py test,echo 'Netwright needs Python 3.11, 3.12 or 3.13; there is no python3 here.'; exit 1)

run: setup
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ]; then \
	    echo 'There is no display here, so no window can open; .venv/bin/netwright render' \
	        '$(or $(PROJECT),$(EXAMPLE)) -o picture.png draws a project to a picture instead.' >&2; \
	    exit 3; \
	fi
	@$(PY) main.py $(if $(PROJECT),'$(PROJECT)')

test: lint types check pytest

lint: setup-test
	$(PY) -m ruff check
	$(PY) -m ruff format --check

types: setup-test
	$(PY) -m mypy

check: setup-test
	$(if $(TEMPLATES),$(OFFSCREEN) $(PY) main.py check $(TEMPLATES),@echo 'No template to check yet.')

# Exit status 5 says that no test was selected, which is no failure.
pytest: setup-test
	$(OFFSCREEN) $(PY) -m pytest -n $(JOBS) -m 'not slow' $(PYTEST) || [ $$? -eq 5 ]

# One at a time: windows on one screen take the keyboard from each other.
test-slow: setup-test
	$(ON_SCREEN) $(PY) -m pytest -m slow -o faulthandler_timeout=900 $(PYTEST) || [ $$? -eq 5 ]

bench: setup-test
	$(TEST_ENV) $(PY) -m tests.benchmarks $(ONLY)

screenshots: setup-test
	$(ON_SCREEN) $(PY) -m tests.screenshots

translations: setup-test
	$(PY) .ci/translations.py $(FONT)

clean:
	rm -rf .venv build dist netwright.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
