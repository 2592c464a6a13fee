import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger, PinoLogger } from 'nestjs-pino';
import type { OpenAppContext } from '../bootstrap.js';
import { openAppContext } from '../bootstrap.js';
import { CoreModule } from '../core.module.js';
import { LOANS_CONTEXT } from '../modules/loans/index.js';
import { loggerOptions } from '../platform/logging/logger-options.js';

/** Finds a service of the business modules, by its class. */
export type ServiceFinder = <Service>(service: Type<Service> | Abstract<Service>) => Service;

/** An abstract class that serves as an injection token, for example Clock. */
type Abstract<Service> = abstract new (...parameters: never[]) => Service;

/**
 * Whether a command may create a missing database. Only the commands that a new user runs before the first start may.
 * With a typing error in DATA_DIR, any other command would run on a new, empty database and report no error.
 */
interface DatabaseAccess {
  readonly mayCreate: boolean;
}
const EXISTING: DatabaseAccess = { mayCreate: false };
export const EXISTING_OR_NEW: DatabaseAccess = { mayCreate: true };

/** pino's number for warn: without a problem, a command shows only its own output */
const WARNING = 40;

/** Opens the database and the business modules, runs the work, and closes everything, even if the work fails. */
export function withServices<Result>(
  work: (find: ServiceFinder) => Promise<Result>,
  access?: DatabaseAccess,
): Promise<Result> {
  return withAppContext(async (opened) => {
    const app = await NestFactory.createApplicationContext(CoreModule.forRoot(opened.appContext), {
      abortOnError: false,
    });
    app.useLogger(commandLogger(opened));
    try {
      return await work((service) => app.get(service));
    } finally {
      await app.close();
    }
  }, access);
}

/** Like `withServices`, for work that opens the modules itself, for example with another clock. */
export async function withAppContext<Result>(
  work: (opened: OpenAppContext) => Promise<Result>,
  { mayCreate }: DatabaseAccess = EXISTING,
): Promise<Result> {
  const opened = await openAppContext({
    mayCreate,
    print: (line) => void process.stderr.write(`${line}\n`),
    console: process.stderr,
    fromLevel: WARNING,
    fileContext: LOANS_CONTEXT,
  });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** The same logger as the service, without request logging. */
function commandLogger({ appContext, logStream }: OpenAppContext): Logger {
  const options = loggerOptions(appContext.config.LOG_LEVEL, logStream);
  return new Logger(new PinoLogger(options), options);
}
