import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from '../config/app-config.js';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process already uses this port. Stop it or change PORT',
  EACCES: 'this user has no permission for this port. Set PORT to a value above 1023',
  EADDRNOTAVAIL:
    'this machine has no such address. Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0',
  ENOTFOUND: 'there is no such host. Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0',
};

/** The service cannot listen on the configured address. The message is one sentence that says what to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor({ HOST, PORT }: ListenSettings, cause: NodeJS.ErrnoException) {
    const reason = REASONS[cause.code ?? ''] ?? cause.message;
    super(`The service cannot listen on HOST ${HOST}, PORT ${PORT}: ${reason}.`, { cause });
  }
}

type ListenSettings = Pick<AppConfig, 'HOST' | 'PORT'>;

/**
 * Throws ListenError if the service cannot listen, before the start creates a database in vain. Another process may
 * still take the address before the service listens.
 */
export async function checkAddress({ HOST, PORT }: ListenSettings): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen({ host: HOST, port: PORT }, resolve);
    });
  } catch (error) {
    throw new ListenError({ HOST, PORT }, error as NodeJS.ErrnoException);
  }
  await new Promise((resolve) => probe.close(resolve));
}

/**
 * Returns the URL of the service. Throws ListenError if the operating system rejects the address. Calls Fastify
 * directly because the listen method of Nest also logs the error.
 */
export async function listen(app: NestFastifyApplication, settings: ListenSettings): Promise<string> {
  const server = app.getHttpAdapter().getInstance();
  try {
    return await server.listen({ host: settings.HOST, port: settings.PORT });
  } catch (error) {
    const refusal = error as NodeJS.ErrnoException;
    throw refusal.syscall === undefined ? error : new ListenError(settings, refusal);
  }
}
