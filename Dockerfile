# syntax=docker/dockerfile:1
# Imprenta entera en un Debian 12: docker build -t imprenta . && docker run --rm -v "$PWD:/informe" imprenta
FROM debian:12-slim AS paquete
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN python3 -m venv /opt/imprenta \
 && /opt/imprenta/bin/pip install --no-cache-dir --no-deps --no-build-isolation --require-hashes --only-binary=:all: -r requirements-build.lock \
 && /opt/imprenta/bin/pip install --no-cache-dir --no-deps --no-build-isolation --require-hashes --only-binary=:all: --no-binary=pylatex -r requirements.lock \
 && /opt/imprenta/bin/pip install --no-cache-dir --no-deps .

FROM debian:12-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY debian-packages.txt /tmp/
# La misma lista que instala «make»: la primera palabra de cada línea.
# hadolint ignore=DL3008
RUN apt-get update \
 && sed 's/#.*//' /tmp/debian-packages.txt | awk 'NF{print $1}' \
  | xargs apt-get install -y --no-install-recommends ca-certificates git python3 \
 && rm -rf /var/lib/apt/lists/* /tmp/debian-packages.txt
COPY --from=paquete /opt/imprenta /opt/imprenta
ENV PATH=/opt/imprenta/bin:$PATH LANG=C.UTF-8
# Imprenta guarda en su entorno lo que comparten los informes: ha de poder escribir en él.
RUN useradd --create-home --uid 1000 autor && chown -R autor /opt/imprenta
USER 1000
WORKDIR /informe
ENTRYPOINT ["imprenta"]
