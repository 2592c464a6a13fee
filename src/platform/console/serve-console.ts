import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The files of the console are below this prefix, one route each. */
export const CONSOLE_PREFIX = '/console/';
/** File names here contain a hash of the content, so a file never changes. */
const HASHED = `${CONSOLE_PREFIX}assets/`;
const FOR_A_YEAR = 'public, max-age=31536000, immutable';

/**
 * Serves the web console that Vite built into console/dist: its files below /console/, its page for every other
 * address there, and a redirect from `/`. These are public files without data, not a part of the API. Without a
 * built console, for example under `nest start --watch`, nothing is served.
 */
export function serveConsole(app: NestFastifyApplication): void {
  const root = builtConsole();
  if (root === null) return;
  const server = app.getHttpAdapter().getInstance();
  // one route per file: every other address below the prefix gets the page
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
  // this route also matches /console/, which the next one does not
  server.get('/console', showPage);
  server.get(`${CONSOLE_PREFIX}*`, showPage);
}

function showPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // a page of an older build requests files that no longer exist: do not answer HTML for a script
  if (request.url.startsWith(HASHED)) {
    reply.callNotFound();
    return reply;
  }
  return reply.sendFile('index.html');
}

/** The source and the built file are at different depths, so look in each parent folder. */
function builtConsole(): string | null {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const built = path.join(folder, 'console', 'dist');
    if (existsSync(path.join(built, 'index.html'))) return built;
  }
  return null;
}
