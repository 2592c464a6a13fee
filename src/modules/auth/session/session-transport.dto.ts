import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { SESSION_TRANSPORTS } from './session.input.js';

export function SessionTransportField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      enum: SESSION_TRANSPORTS,
      default: 'body',
      description:
        'body: the refresh token is in the request and response bodies. cookie: it is in a cookie that no script can ' +
        'read, for pages of the same origin.',
    }),
    IsIn(SESSION_TRANSPORTS, { message: `session must be ${SESSION_TRANSPORTS.join(' or ')}` }),
  );
}
