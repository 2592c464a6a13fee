import { ConsoleLogger } from '@nestjs/common';
import type { LogLevel } from '@nestjs/common';

/** Writes every log line to stderr, so that stdout contains only the result of a command. */
export class StderrLogger extends ConsoleLogger {
  protected override printMessages(
    messages: unknown[],
    context?: string,
    level?: LogLevel,
    _stream?: 'stdout' | 'stderr',
    ...rest: [errorStack?: unknown, params?: Record<string, unknown>]
  ): void {
    super.printMessages(messages, context, level, 'stderr', ...rest);
  }
}
