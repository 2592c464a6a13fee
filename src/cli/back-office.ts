import { Injectable, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger, PinoLogger } from 'nestjs-pino';
import type { OpenSurroundings } from '../bootstrap.js';
import { openSurroundings } from '../bootstrap.js';
import { BackOfficeModule } from '../back-office.module.js';
import { loggerOptions } from '../platform/logging/logger-options.js';

/** Finds a service of the business modules, by its class. */
export type ServiceFinder = <Service>(service: Type<Service> | Abstract<Service>) => Service;

/** A class that is injected by its abstract base, such as Clock. */
type Abstract<Service> = abstract new (...parameters: never[]) => Service;

/**
 * Whether a command makes the database where there is none. Those that a new user runs before the first start may; all
 * others refuse: a DATA_DIR with a typing error would be an empty database in which everything agrees.
 */
interface Access {
  readonly mayCreate: boolean;
}
const EXISTING: Access = { mayCreate: false };
export const EXISTING_OR_NEW: Access = { mayCreate: true };

/** pino's number: a command's own words are enough, where nothing goes wrong */
const WARNING = 40;

/**
 * The business modules behind the commands. They need a database, which takes a moment to start: so they are
 * not injected into the commands, but opened by one that is about to work, and closed after it.
 */
@Injectable()
export class BackOffice {
  /** Loads the settings, opens the database, does the work and closes everything again, also where it fails. */
  open<Result>(work: (find: ServiceFinder) => Promise<Result>, access?: Access): Promise<Result> {
    return this.surround(async (opened) => {
      const app = await NestFactory.createApplicationContext(BackOfficeModule.forRoot(opened.surroundings), {
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

  /** As `open`, for work that opens the modules itself, such as under a clock of its own. */
  async surround<Result>(
    work: (opened: OpenSurroundings) => Promise<Result>,
    { mayCreate }: Access = EXISTING,
  ): Promise<Result> {
    const opened = await openSurroundings({
      mayCreate,
      say: (line) => void process.stderr.write(`${line}\n`),
      console: process.stderr,
      fromLevel: WARNING,
    });
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }
}

/** The log of the service, without the requests. */
function commandLogger({ surroundings, logStream }: OpenSurroundings): Logger {
  const options = loggerOptions(surroundings.config.LOG_LEVEL, logStream);
  return new Logger(new PinoLogger(options), options);
}
