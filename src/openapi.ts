import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { configureApp, createAdapter, openApiDocument } from './configure-app.js';
import { SystemClock } from './platform/clock/system-clock.js';
import { AppConfig } from './platform/config/app-config.js';

/** Writes openapi.json. In preview mode Nest instantiates nothing, so no database is needed. */
const config = new AppConfig();
const appContext = {
  config,
  clock: new SystemClock(config.APP_TIMEZONE),
  databaseUrl: 'postgres://unused@localhost/unused',
  jwtSecret: 'not used',
};
const app = await NestFactory.create<NestFastifyApplication>(
  AppModule.forRoot(appContext, process.stdout),
  createAdapter(config),
  { preview: true, logger: ['error'], abortOnError: false },
);
configureApp(app, config);
await writeFile('openapi.json', `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
