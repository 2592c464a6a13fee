import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import { instantAt } from '../kernel/calendar/calendar-date.js';
import { CoreModule } from '../core.module.js';
import {
  PasswordHasherService,
  PasswordResetService,
  UserQueryService,
  UserCreationService,
} from '../modules/users/index.js';
import type { Role } from '../modules/users/index.js';
import { withAdvisoryLock } from '../platform/database/advisory-lock.js';
import { asOwner } from '../platform/database/roles/as-owner.js';
import { Transactions } from '../platform/database/transactions.js';
import type { OwnerAppContext, AppContext } from '../platform/platform.module.js';
import { DemoHistory, firstDay } from './demo-history.js';
import type { DemoMark } from './demo-mark.repository.js';
import { readDemoMark, setDemoMark } from './demo-mark.repository.js';
import { FixedClock } from './fixed-clock.js';

const DEMO_LOCK = 4_270_003;
const KNOWN_PASSWORD = 'driver-loans-demo';
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

interface DemoUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

const CLERK: DemoUser = { email: 'finance@demo.local', name: 'Fatou Finance', role: 'FINANCE' };
const MANAGER: DemoUser = { email: 'manager@demo.local', name: 'Manuel Manager', role: 'MANAGER' };
const ADMIN: DemoUser = { email: 'admin@demo.local', name: 'Ada Admin', role: 'ADMIN' };

/** A database in production holds users whose password anybody can read here. The message says what to do. */
export class DemoUsersError extends Error {
  override readonly name = 'DemoUsersError';

  constructor(email: string) {
    super(
      `The database holds the active demo user ${email}: make it inactive before production starts on it.`,
    );
  }
}

/** Throws DemoUsersError where a demo user could sign in. */
export async function refuseDemoUsers(context: INestApplicationContext): Promise<void> {
  const users = context.get(UserQueryService, { strict: false });
  for (const { email } of [CLERK, MANAGER, ADMIN]) {
    if (await users.findActiveByEmail(email)) throw new DemoUsersError(email);
  }
}

/** The seeding of the demo was cut short, so the books are neither a demo nor real. The message says what to do. */
export class IncompleteSeedError extends Error {
  override readonly name = 'IncompleteSeedError';

  constructor(dataDir: string) {
    super(
      `The first start on ${dataDir} was cut short while it made the demo fleet. ` +
        'Set DATA_DIR to a new folder; this one is left as it is.',
    );
  }
}

/**
 * Makes the demo fleet with eight weeks of history and the three demo users in an embedded database that this very start
 * has made, unless DEMO_FLEET is false. Nothing is ever added to a database that was there before: it may hold real books.
 * The demo users have the published password only while nobody but this machine can reach the service. Answers how they
 * sign in, or null where there are none. Throws IncompleteSeedError.
 */
export function openDemo(
  appContext: OwnerAppContext,
  isNew: boolean,
  say: (line: string) => void,
): Promise<string | null> {
  return withAdvisoryLock(appContext.databaseUrl, DEMO_LOCK, async () => {
    const { config } = appContext;
    if (isNew && config.DEMO_FLEET) await seed(appContext, say);
    const context = await openContext(appContext);
    try {
      if (await isIncomplete(context)) throw new IncompleteSeedError(config.DATA_DIR);
      const admin = await context.get(UserQueryService).findForSignIn(ADMIN.email);
      return admin && (await agreeOnPassword(context, LOOPBACK.test(config.HOST)));
    } finally {
      await context.close();
    }
  });
}

function openContext(appContext: AppContext): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(CoreModule.forRoot(appContext), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}

async function seed(appContext: OwnerAppContext, say: (line: string) => void): Promise<void> {
  const currentWeek = appContext.clock.currentWeek();
  const { APP_TIMEZONE: timeZone } = appContext.config;
  // the clerk is there before the office opens for the first time
  const clock = new FixedClock(timeZone, instantAt(firstDay(currentWeek), 8, timeZone));
  // a copy: the history changes settings as it goes
  const config = { ...appContext.config };
  const context = await openContext({ ...appContext, config, clock });
  try {
    const mark = (demo: DemoMark) => asOwner(appContext.ownerUrl, (owner) => setDemoMark(owner, demo));
    await mark('demo fleet, incomplete');
    say('seeding the demo fleet with eight weeks of history');
    const clerk = await register(context, CLERK);
    const history = new DemoHistory(context, clock, config, { userId: clerk, permissions: new Set() });
    await history.liveThrough(currentWeek);
    await register(context, MANAGER);
    await register(context, ADMIN);
    await mark('demo fleet');
  } finally {
    await context.close();
  }
}

/** By the mark; a demo that 0.1 made has none, and its administrator was registered last. */
async function isIncomplete(context: INestApplicationContext): Promise<boolean> {
  const mark = await context.get(Transactions).run(readDemoMark);
  if (mark !== null) return mark === ('demo fleet, incomplete' satisfies DemoMark);
  const users = context.get(UserQueryService);
  const [clerk, admin] = [await users.findForSignIn(CLERK.email), await users.findForSignIn(ADMIN.email)];
  return clerk !== null && admin === null;
}

async function register(context: INestApplicationContext, { email, name, role }: DemoUser): Promise<number> {
  const registration = { email, name, password: KNOWN_PASSWORD, roles: [role], isDemo: true };
  return (await context.get(UserCreationService).register(SYSTEM_ACTOR, registration)).id;
}

/**
 * Answers how the demo users sign in. A password that somebody chose stays; the published one is replaced where machines
 * other than this one can reach the service.
 */
async function agreeOnPassword(context: INestApplicationContext, isLoopback: boolean): Promise<string> {
  const published = await usersWithKnownPassword(context);
  if (published.length === 0) return 'the one that was printed or chosen before';
  if (isLoopback) return KNOWN_PASSWORD;
  const password = randomBytes(12).toString('base64url');
  for (const userId of published) {
    const random = { password, field: 'password' as const, mustChange: false };
    await context.get(PasswordResetService).reset(SYSTEM_ACTOR, userId, random);
  }
  return `${password} (printed this once)`;
}

async function usersWithKnownPassword(context: INestApplicationContext): Promise<number[]> {
  const ids: number[] = [];
  for (const { email } of [CLERK, MANAGER, ADMIN]) {
    const user = await context.get(UserQueryService).findForSignIn(email);
    if (user && (await context.get(PasswordHasherService).matches(KNOWN_PASSWORD, user.passwordHash))) {
      ids.push(user.id);
    }
  }
  return ids;
}
