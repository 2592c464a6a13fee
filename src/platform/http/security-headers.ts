import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyReply } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/** Nothing of the service needs any of these; a page that was tampered with shall not get them either. */
const PERMISSIONS_POLICY = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * What a browser may do with our pages: load what the service itself serves, and nothing else. Styles may stand inline,
 * as Swagger UI and the console's components write them; scripts may not.
 * @param isProduction tells browsers to come by HTTPS only, which a service tried out over plain HTTP must not
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

/** What helmet leaves out. */
export function setPermissionsPolicy(reply: FastifyReply): void {
  void reply.header('permissions-policy', PERMISSIONS_POLICY);
}
