import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Below it lie the files of the console, one route each. */
export const CONSOLE_PREFIX = '/console/';
/** Its names carry the hash of their content, so a file of that name never changes. */
const HASHED = `${CONSOLE_PREFIX}assets/`;
const FOR_A_YEAR = 'public, max-age=31536000, immutable';

/**
 * The web console, as Vite built it into console/dist: its files under /console/, its page for every address below that it
 * might show a screen for, and `/` leads there. No part of the API: these are files, open to everybody, and hold no data.
 * A service without a built console, such as one that `nest start --watch` runs, does without.
 */
export function serveConsole(app: NestFastifyApplication): void {
  const root = builtConsole();
  if (root === null) return;
  const server = app.getHttpAdapter().getInstance();
  // one route a file: any other address below the prefix is for the page
  void server.register(fastifyStatic, {
    root,
    prefix: CONSOLE_PREFIX,
    wildcard: false,
    index: false,
    cacheControl: false,
    globIgnore: ['.stamp', '.vite/**'],
    setHeaders: (reply, file) => {
      if (file.startsWith(path.join(root, 'assets'))) reply.header('cache-control', FOR_A_YEAR);
    },
  });
  server.get('/', (_request, reply) => reply.redirect(CONSOLE_PREFIX));
  // a trailing slash is tolerated, so this is /console/ as well, which the other is not
  server.get('/console', showPage);
  server.get(`${CONSOLE_PREFIX}*`, showPage);
}

function showPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // an old page asks for files of the build before: it must not take this page for a script
  if (request.url.startsWith(HASHED)) {
    reply.callNotFound();
    return reply;
  }
  return reply.sendFile('index.html');
}

/** Sources and build lie at different depths below the package, whose folder also holds the console's build. */
function builtConsole(): string | null {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const built = path.join(folder, 'console', 'dist');
    if (existsSync(path.join(built, 'index.html'))) return built;
  }
  return null;
}
