import type { FastifyReply, FastifyRequest } from 'fastify';

/** Knows who is signed in before a route and its guards are reached. The auth module provides it. */
export abstract class Authenticator {
  /** Whether the request has a token that is valid now, whatever route it is for. */
  abstract isSignedIn(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}
