import { Injectable, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openSurroundings } from '../bootstrap.js';
import { BackOfficeModule } from '../back-office.module.js';
import type { Surroundings } from '../platform/platform.module.js';

/** Finds a service of the business modules, by its class. */
export type ServiceFinder = <Service>(service: Type<Service> | Abstract<Service>) => Service;

/** A class that is injected by its abstract base, such as Clock. */
type Abstract<Service> = abstract new (...parameters: never[]) => Service;

/**
 * The business modules behind the commands. They need a database, which takes a moment to start: so they are
 * not injected into the commands, but opened by one that is about to work, and closed after it.
 */
@Injectable()
export class BackOffice {
  /** Loads the settings, opens the database, does the work and closes everything again, also where it fails. */
  open<Result>(work: (find: ServiceFinder) => Promise<Result>): Promise<Result> {
    return this.surround(async (surroundings) => {
      const app = await NestFactory.createApplicationContext(BackOfficeModule.forRoot(surroundings), {
        abortOnError: false,
      });
      try {
        return await work((service) => app.get(service));
      } finally {
        await app.close();
      }
    });
  }

  /** As `open`, for work that opens the modules itself, such as under a clock of its own. */
  async surround<Result>(work: (surroundings: Surroundings) => Promise<Result>): Promise<Result> {
    const opened = await openSurroundings((line) => void process.stderr.write(`${line}\n`));
    try {
      return await work(opened.surroundings);
    } finally {
      await opened.close();
    }
  }
}
