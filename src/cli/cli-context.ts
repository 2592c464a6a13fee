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

/** A class that is injected by its abstract base, such as Clock. */
type Abstract<Service> = abstract new (...parameters: never[]) => Service;

/**
 * Whether a command creates the database where there is none. Only commands that a new user runs before the first start
 * may: with a typing error in DATA_DIR, the others would work on a new, empty database and find nothing wrong.
 */
interface Access {
  readonly mayCreate: boolean;
}
const EXISTING: Access = { mayCreate: false };
export const EXISTING_OR_NEW: Access = { mayCreate: true };

/** pino's number: a command's own output is enough, where nothing goes wrong */
const WARNING = 40;

/** Opens the database and the business modules, does the work and closes everything again, also where the work fails. */
export function withServices<Result>(
  work: (find: ServiceFinder) => Promise<Result>,
  access?: Access,
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

/** As `withServices`, for work that opens the modules itself, such as with a clock of its own. */
export async function withAppContext<Result>(
  work: (opened: OpenAppContext) => Promise<Result>,
  { mayCreate }: Access = EXISTING,
): Promise<Result> {
  const opened = await openAppContext({
    mayCreate,
    say: (line) => void process.stderr.write(`${line}\n`),
    console: process.stderr,
    fromLevel: WARNING,
    filedContext: LOANS_CONTEXT,
  });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** The log of the service, without the requests. */
function commandLogger({ appContext, logStream }: OpenAppContext): Logger {
  const options = loggerOptions(appContext.config.LOG_LEVEL, logStream);
  return new Logger(new PinoLogger(options), options);
}
