import type { FastifyReply, onRequestHookHandler } from 'fastify';
import helmet from 'helmet';
import type { HelmetOptions } from 'helmet';

const YEAR_SECONDS = 31_536_000;

/** The service needs none of these features, and a manipulated page must not get them either. */
const PERMISSIONS_POLICY = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * Restricts pages to what the service itself serves. Inline styles are allowed because Swagger UI and the
 * components of the console use them. Inline scripts are not.
 * @param isProduction makes browsers require HTTPS, which a trial over plain HTTP cannot offer
 */
function helmetOptions(isProduction: boolean): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isProduction && { maxAge: YEAR_SECONDS, includeSubDomains: true },
  };
}

/** A hook that sets the security headers. Helmet prepares them once, for all requests. */
export function securityHeaders(isProduction: boolean): onRequestHookHandler {
  const setHeaders = helmet(helmetOptions(isProduction));
  return ({ raw }, reply, done) => {
    setHeaders(raw, reply.raw, (error) => done(error as Error | undefined));
  };
}

/** Sets the header that helmet does not support. */
export function setPermissionsPolicy(reply: FastifyReply): void {
  void reply.header('permissions-policy', PERMISSIONS_POLICY);
}
