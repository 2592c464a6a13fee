import type { FastifyReply, FastifyRequest } from 'fastify';

/** Authenticates a request before routes and guards run. The auth module provides it. */
export abstract class Authenticator {
  /** Whether the request has a valid token, for any route. */
  abstract isSignedIn(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}
