import { Socket } from 'node:net';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { applyDecorators, Injectable, SetMetadata, StreamableFile, UseInterceptors } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, Observable, tap, throwError } from 'rxjs';
import { AppConfig } from '../../config/app-config.js';
import { actorOf } from '../access/current-actor.decorator.js';
import { HeavyWork } from './heavy-work.js';
import { addErrorResponses } from '../openapi/api-error-responses.decorator.js';

const HEAVY_WHEN_METADATA = 'driver-loans:heavy-when';

type Query = Readonly<Record<string, unknown>>;

/** The request holds a slot for heavy work until the response, or until the end of a download. */
@Injectable()
class HeavyWorkInterceptor implements NestInterceptor {
  private readonly idleMs: number;

  constructor(
    private readonly reflector: Reflector,
    private readonly work: HeavyWork,
    config: AppConfig,
  ) {
    this.idleMs = config.DOWNLOAD_IDLE_SECONDS * 1_000;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Query }>>();
    const isHeavy = this.reflector.get<(query: Query) => boolean>(HEAVY_WHEN_METADATA, context.getHandler());
    if (!isHeavy(request.query)) return next.handle();
    const release = this.work.acquire(actorOf(context).userId ?? 0);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((answer) => {
        if (!(answer instanceof StreamableFile)) return release();
        // an idle reader must not hold a slot: Node closes an idle connection after this time
        if (reply.raw.socket instanceof Socket) reply.raw.socket.setTimeout(this.idleMs);
        answer.getStream().once('close', release);
      }),
      catchError((error: unknown) => {
        release();
        return throwError(() => error);
      }),
    );
  }
}

/**
 * Place it below `ApiErrorResponses`, which lists its errors.
 * @param when decides by the query, if only some requests of the route are heavy
 */
export function Heavy(when: (query: Query) => boolean = () => true): MethodDecorator {
  return (controller, method, route) => {
    addErrorResponses(route.value as object, 'TOO_MANY_HEAVY_REQUESTS', 'HEAVY_REQUESTS_BUSY');
    applyDecorators(SetMetadata(HEAVY_WHEN_METADATA, when), UseInterceptors(HeavyWorkInterceptor))(
      controller,
      method,
      route,
    );
  };
}
