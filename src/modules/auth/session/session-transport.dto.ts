import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const TRANSPORTS = ['body', 'cookie'] as const;

/** How the refresh token travels: in the bodies, for programs, or in a cookie, for pages in a browser. */
export type SessionTransport = (typeof TRANSPORTS)[number];

export function SessionTransportField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      enum: TRANSPORTS,
      default: 'body',
      description:
        'body: the refresh token is in the bodies. cookie: it is in a cookie that no script can read, for ' +
        'pages of the same origin.',
    }),
    IsIn(TRANSPORTS, { message: `session must be ${TRANSPORTS.join(' or ')}` }),
  );
}
