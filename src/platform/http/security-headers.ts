import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyReply } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/** The service needs none of these features, and a manipulated page must not get them either. */
const PERMISSIONS_POLICY = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * Restricts pages to what the service itself serves. Inline styles are allowed because Swagger UI and the
 * components of the console use them. Inline scripts are not.
 * @param isProduction makes browsers require HTTPS, which a trial over plain HTTP cannot offer
 */
export function helmetOptions(isProduction: boolean): FastifyHelmetOptions {
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

/** Sets the header that helmet does not support. */
export function setPermissionsPolicy(reply: FastifyReply): void {
  void reply.header('permissions-policy', PERMISSIONS_POLICY);
}
