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

/** A production database has active demo users, whose password is public. The message says what to do. */
export class DemoUsersError extends Error {
  override readonly name = 'DemoUsersError';

  constructor(email: string) {
    super(
      `The database has the active demo user ${email}. Make the user inactive before you use it in production.`,
    );
  }
}

/** Throws DemoUsersError if a demo user could sign in. */
export async function requireNoDemoUsers(context: INestApplicationContext): Promise<void> {
  const users = context.get(UserQueryService, { strict: false });
  for (const { email } of [CLERK, MANAGER, ADMIN]) {
    if (await users.findActiveByEmail(email)) throw new DemoUsersError(email);
  }
}

/** The seeding of the demo fleet was interrupted, so its data is incomplete. The message says what to do. */
export class IncompleteSeedError extends Error {
  override readonly name = 'IncompleteSeedError';

  constructor(dataDir: string) {
    super(
      `The first start with ${dataDir} was interrupted while it created the demo fleet. ` +
        'Set DATA_DIR to a new folder. This folder is left unchanged.',
    );
  }
}

/**
 * Creates the demo fleet with eight weeks of history and the three demo users, unless DEMO_FLEET is false, in an
 * embedded database that this start has created. Nothing is added to an older database, because it may contain real
 * data. The demo users have the published password only while no other machine can reach the service. Returns the text
 * about the password for the terminal, or null if there are no demo users. Throws IncompleteSeedError.
 */
export function prepareDemo(
  appContext: OwnerAppContext,
  isNew: boolean,
  print: (line: string) => void,
): Promise<string | null> {
  return withAdvisoryLock(appContext.databaseUrl, DEMO_LOCK, async () => {
    const { config } = appContext;
    if (isNew && config.DEMO_FLEET) await seed(appContext, print);
    const context = await openContext(appContext);
    try {
      if (await isIncomplete(context)) throw new IncompleteSeedError(config.DATA_DIR);
      const admin = await context.get(UserQueryService).findForSignIn(ADMIN.email);
      return admin && (await demoPassword(context, LOOPBACK.test(config.HOST)));
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

async function seed(appContext: OwnerAppContext, print: (line: string) => void): Promise<void> {
  const currentWeek = appContext.clock.currentWeek();
  const { APP_TIMEZONE: timeZone } = appContext.config;
  // the clerk is created one hour before the history starts
  const clock = new FixedClock(timeZone, instantAt(firstDay(currentWeek), 8, timeZone));
  // a copy, because the history changes settings
  const config = { ...appContext.config };
  const context = await openContext({ ...appContext, config, clock });
  try {
    const mark = (demo: DemoMark) => asOwner(appContext.ownerUrl, (owner) => setDemoMark(owner, demo));
    await mark('demo fleet, incomplete');
    print('seeding the demo fleet with eight weeks of history');
    const clerk = await register(context, CLERK);
    const history = new DemoHistory(context, clock, config, { userId: clerk, permissions: new Set() });
    await history.replay(currentWeek);
    await register(context, MANAGER);
    await register(context, ADMIN);
    await mark('demo fleet');
  } finally {
    await context.close();
  }
}

/** Version 0.1 set no mark. It created the administrator last, so a missing administrator means an incomplete demo. */
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
 * Returns the text about the password for the terminal. Keeps a password that a user has chosen; replaces the published
 * one if other machines can reach the service.
 */
async function demoPassword(context: INestApplicationContext, isLoopback: boolean): Promise<string> {
  const published = await usersWithKnownPassword(context);
  if (published.length === 0) return 'the one that was printed or chosen earlier';
  if (isLoopback) return KNOWN_PASSWORD;
  const password = randomBytes(12).toString('base64url');
  for (const userId of published) {
    const random = { password, field: 'password' as const, mustChange: false };
    await context.get(PasswordResetService).reset(SYSTEM_ACTOR, userId, random);
  }
  return `${password} (printed only once)`;
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
