# The image runs every role by its command: auth, file, beat, worker.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM debian:12-slim
ENV MALLOC_ARENA_MAX=2 \
    SENSITIVITY_HOST=0.0.0.0 \
    SENSITIVITY_DATA_DIR=/data \
    TMPDIR=/data
COPY --from=build /app/dist/sensitivity /usr/local/bin/
COPY --from=build /app/dist/third-party-licences.txt /app/LICENSE /usr/local/share/doc/sensitivity/
# On x64 the executable needs no library that a slim image lacks.
RUN (sensitivity --version || (apt-get update \
   && apt-get install -y --no-install-recommends libatomic1 \
   && rm -rf /var/lib/apt/lists/* && sensitivity --version)) \
 && mkdir /data /secrets && chown 1000:1000 /data /secrets
USER 1000:1000
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["sensitivity", "health"]
# Node's permission model: it reads and writes the data and starts nothing else.
ENTRYPOINT ["sensitivity", "--node-options=--permission --allow-addons --allow-worker --allow-net --allow-fs-vfs --allow-fs-read=/data --allow-fs-read=/secrets --allow-fs-read=/run/secrets --allow-fs-write=/data --allow-fs-write=/secrets --disable-warning=SecurityWarning --disable-warning=ExperimentalWarning"]
CMD ["--help"]
