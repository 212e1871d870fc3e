# Órdenes del proyecto; `make help` las explica. Todas instalan antes lo que les falta.

PYTHON ?= python3
# Sin PATH (env -i, cron), make no encuentra los programas que llama sin pasar por la shell.
PATH ?= /usr/local/bin:/usr/bin:/bin
export PATH
TOOL = $(PYTHON) -m imprenta.environment run
PIP_COMPILE = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := pdf
.PHONY: pdf test proof mutations torture bench check docs guide-images format clean lock audit sbom licences help system testing-system \
	auditing-tools

pdf: system
	@$(PYTHON) build.py

# Cada trabajador de pytest toma un módulo de pruebas tras otro, en su orden: los largos van delante.
test: testing-system
	@$(TOOL) pytest -n auto --dist loadscope --no-loadscope-reorder

# Lo que tarda: sucesiones largas de ediciones, más ejemplos al azar y los casos que se parecen a otros de `make test`.
proof: testing-system
	@$(TOOL) pytest -n auto --dist loadscope --no-loadscope-reorder -m 'proof or hypothesis' --hypothesis-profile proof

# Cambios que estropean la composición, uno a uno: las pruebas rápidas han de notar nueve de cada diez.
mutations: testing-system
	@$(TOOL) tests.mutations

# Lo maltrata durante media hora y escribe docs/dureza.md; `make torture ARGS='--only yaml_suite'` es un capítulo,
# `ARGS='--only fuzz --minutes 10'` busca más tiempo.
torture: testing-system
	@$(TOOL) tests.torture $(ARGS)

# Mide contra latexmk y Typst y escribe docs/medidas.md y el README; `make bench ARGS=--quick` es una ojeada.
bench: testing-system
	@$(TOOL) tests.bench $(ARGS)

check:
	@$(TOOL) ruff check
	@$(TOOL) ruff format --check
	@$(TOOL) mypy
	@$(TOOL) pytest -q tests/test_house.py

# La guía como sitio, en site/; falla si un enlace no lleva a ningún sitio.
docs:
	@NO_MKDOCS_2_WARNING=1 $(TOOL) mkdocs build
	@echo site/index.html

# Las imágenes de la guía cuyo ejemplo cambió.
guide-images: system
	@$(TOOL) docs.website.pictures

format:
	@$(TOOL) ruff check --fix
	@$(TOOL) ruff format

# Lo que hace la construcción. El entorno (.venv) y el último PDF se borran a mano: rm -r .venv build
clean:
	@$(PYTHON) build.py clean

# Para quien mantiene el proyecto: vuelve a elegir las versiones que pyproject.toml admite.
lock:
	@command -v uv >/dev/null || { echo 'error: falta uv; instálelo con: pipx install uv' >&2; exit 4; }
	$(PIP_COMPILE) --upgrade --output-file requirements.lock pyproject.toml
	$(PIP_COMPILE) --upgrade --group build --constraint requirements.lock --output-file requirements-build.lock
	$(PIP_COMPILE) --upgrade --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(PIP_COMPILE) --upgrade --group audit --constraint requirements.lock --constraint requirements-dev.lock \
		--output-file requirements-audit.lock

# Los fallos conocidos de los paquetes de Python, según la base de PyPI: necesita la red.
audit: auditing-tools
	@for lock in requirements-build.lock requirements.lock requirements-dev.lock; do \
		$(TOOL) pip_audit --disable-pip --require-hashes --requirement $$lock || exit 1; done

# La lista de los paquetes de Python que se instalan, para programas (CycloneDX), en build/.
sbom: auditing-tools
	@mkdir -p build
	@$(TOOL) cyclonedx_py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
		--output-file build/sbom.cdx.json requirements.lock
	@echo build/sbom.cdx.json

# La misma, para personas y con las licencias: docs/licencias.md.
licences: system
	@$(TOOL) docs.website.licences

# Quien está ante una terminal confirma lo que se instala como administrador; YES=1 lo da por confirmado.
system:
	@command -v $(PYTHON) >/dev/null || { echo 'error: falta Python; instálelo con: apt-get install -y python3' >&2; exit 4; }
	@$(PYTHON) -m imprenta.debian $(if $(YES),--yes)

auditing-tools:
	@$(TOOL) pip install --quiet --no-deps --require-hashes --only-binary=:all: --requirement requirements-audit.lock

testing-system: system
	@$(PYTHON) -m imprenta.debian pruebas $(if $(YES),--yes)

help:
	@echo 'make pdf      instala lo que falte y deja el informe en build/informe.pdf (YES=1: sin preguntar)'
	@echo 'make test     instala lo que falte y ejecuta las pruebas'
	@echo 'make proof    ejecuta las pruebas largas, que make test deja fuera'
	@echo 'make mutations  comprueba que las pruebas rápidas notan lo que estropea la composición'
	@echo 'make torture  lo maltrata media hora y escribe docs/dureza.md (ARGS=--help, los capítulos)'
	@echo 'make bench    mide lo que tarda, frente a latexmk y Typst (ARGS=--quick, una ojeada)'
	@echo 'make check    revisa estilo, tipos y estructura del código'
	@echo 'make docs     hace la guía como sitio, en site/'
	@echo 'make guide-images  rehace las imágenes de la guía cuyo ejemplo cambió'
	@echo 'make format   da formato al código'
	@echo 'make clean    borra lo que hace la construcción'
	@echo 'make audit    busca fallos conocidos en los paquetes de Python fijados (necesita la red)'
	@echo 'make sbom     escribe build/sbom.cdx.json, la lista de paquetes en CycloneDX'
	@echo 'make licences  rehace docs/licencias.md, la lista de paquetes con sus licencias'
	@echo 'make lock     vuelve a fijar las versiones de los paquetes de Python (requiere uv)'
