import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import type { OpenAppContext } from './bootstrap.js';
import { openAppContext } from './bootstrap.js';
import { configureApp, createAdapter, servesApiDocs } from './configure-app.js';
import { prepareDemo, requireNoDemoUsers } from './demo/seed-demo.js';
import { explainError } from './explain-error.js';
import { LOANS_CONTEXT } from './modules/loans/index.js';
import { requireNoArguments } from './platform/config/start-arguments.js';
import { ShutdownState } from './platform/http/shutdown-state.js';
import { checkAddress, listen } from './platform/http/listen.js';
import { ScheduledJobs } from './platform/scheduling/scheduled-jobs.js';

/** The time for open requests to finish; then the process ends without them. */
const DRAIN_LIMIT_MS = 8_000;

/** pino's number for info */
const INFO = 30;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const opened = await openAppContext({
    mayCreate: true,
    print,
    note: print,
    check: checkAddress,
    console: process.stdout,
    fromLevel: INFO,
    fileContext: LOANS_CONTEXT,
  });
  const { config } = opened.appContext;
  let app: NestFastifyApplication | undefined;
  try {
    const { embedded } = opened;
    const password = embedded && (await prepareDemo(opened.appContext, embedded.isNew, print));
    app = await NestFactory.create<NestFastifyApplication>(
      AppModule.forRoot(opened.appContext, opened.logStream),
      createAdapter(config),
      { logger: ['error', 'warn'], abortOnError: false },
    );
    configureApp(app, config);
    stopOnSignal(app, opened);
    if (config.NODE_ENV === 'production') await requireNoDemoUsers(app);
    await app.init();
    app.useLogger(app.get(Logger));
    const url = await listen(app, config);
    app.get(ScheduledJobs).start();
    printAddresses(url, servesApiDocs(config), password);
  } catch (error) {
    // open connections would keep the process running
    await app?.close();
    await opened.close();
    throw error;
  }
}

function printAddresses(url: string, hasApiDocs: boolean, demoPassword: string | null): void {
  print(`Console:      ${url}/console/`);
  if (hasApiDocs) print(`API:          ${url}/docs`);
  if (demoPassword === null) {
    print('Add a user:   npm run cli -- user:create --email you@example.com --name You --role ADMIN');
  } else {
    print('Sign in as:   finance@demo.local, manager@demo.local or admin@demo.local');
    print(`Password:     ${demoPassword}`);
  }
  print(`ready on ${url}`);
}

/**
 * Waits until load balancers notice, stops accepting requests, completes the open ones, releases the database; exit
 * code 0.
 */
function stopOnSignal(app: NestFastifyApplication, opened: OpenAppContext): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    app.get(ShutdownState).begin();
    await sleep(opened.appContext.config.SHUTDOWN_DELAY_SECONDS * 1_000);
    const drained = app.close().catch((error: unknown) => app.get(Logger).error(error));
    const limit = new Promise((resolve) => setTimeout(resolve, DRAIN_LIMIT_MS).unref());
    await Promise.race([drained, limit]);
    await opened.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

try {
  requireNoArguments(process.argv.slice(2), process.env);
  await main();
} catch (error) {
  process.stderr.write(`${explainError(error) ?? inspect(error)}\n`);
  process.exitCode = 1;
}
