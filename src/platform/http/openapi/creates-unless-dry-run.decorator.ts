import type { CallHandler, ExecutionContext, NestInterceptor, Type } from '@nestjs/common';
import { applyDecorators, HttpCode, Injectable, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';

interface Answer {
  readonly dry_run: boolean;
}

@Injectable()
class DryRunStatusInterceptor implements NestInterceptor<Answer, Answer> {
  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<Answer> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(({ dry_run }) => {
        if (dry_run) void reply.status(200);
      }),
    );
  }
}

/** For a POST route with `dry_run` that creates a record: 201 if it was created, 200 for a dry run. */
export function CreatesUnlessDryRun(type: Type<Answer>): MethodDecorator {
  return applyDecorators(
    HttpCode(201),
    UseInterceptors(DryRunStatusInterceptor),
    ApiCreatedResponse({ type }),
    ApiOkResponse({ type, description: 'The result of a dry run' }),
  );
}
