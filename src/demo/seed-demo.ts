import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import { BackOfficeModule } from '../back-office.module.js';
import {
  PasswordHasher,
  PasswordResetService,
  UserDirectory,
  UserRegistrationService,
} from '../modules/users/index.js';
import type { Role } from '../modules/users/index.js';
import { withAdvisoryLock } from '../platform/database/advisory-lock.js';
import type { Surroundings } from '../platform/platform.module.js';
import { DemoHistory } from './demo-history.js';
import { SteppedClock } from './stepped-clock.js';

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
/** Registered when all else is there: where only the admin is missing, a seeding was cut short. */
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
  const users = context.get(UserDirectory, { strict: false });
  for (const { email } of [CLERK, MANAGER, ADMIN]) {
    if (await users.findActiveByEmail(email)) throw new DemoUsersError(email);
  }
}

/** The demo data of an embedded database are incomplete. The message says what to do. */
export class HalfSeededError extends Error {
  override readonly name = 'HalfSeededError';

  constructor(dataDir: string) {
    super(
      `The demo fleet in ${dataDir} was cut short while it was seeded: delete that folder and start again.`,
    );
  }
}

/**
 * Once, in an empty embedded database: the demo fleet with eight weeks of history, and the three demo users. They have
 * the known password only while nobody but this machine can reach the service. Answers how to sign in.
 */
export function openDemo(surroundings: Surroundings, say: (line: string) => void): Promise<string> {
  return withAdvisoryLock(surroundings.databaseUrl, DEMO_LOCK, async () => {
    const clock = new SteppedClock(surroundings.config.APP_TIMEZONE);
    const config = { ...surroundings.config };
    const context = await NestFactory.createApplicationContext(
      BackOfficeModule.forRoot({ ...surroundings, config, clock }),
      { logger: ['error', 'warn'], abortOnError: false },
    );
    try {
      const users = context.get(UserDirectory);
      if (!(await users.findForSignIn(ADMIN.email))) {
        if (await users.findForSignIn(CLERK.email)) throw new HalfSeededError(config.DATA_DIR);
        say('seeding the demo fleet with eight weeks of history');
        const clerk = await register(context, CLERK);
        const history = new DemoHistory(context, clock, config, { userId: clerk, permissions: new Set() });
        await history.liveThrough(surroundings.clock.currentWeek());
        await register(context, MANAGER);
        await register(context, ADMIN);
      }
      return await agreeOnPassword(context, LOOPBACK.test(config.HOST));
    } finally {
      await context.close();
    }
  });
}

async function register(context: INestApplicationContext, { email, name, role }: DemoUser): Promise<number> {
  const registration = { email, name, password: KNOWN_PASSWORD, roles: [role] };
  return (await context.get(UserRegistrationService).register(SYSTEM_ACTOR, registration)).id;
}

/** Answers the password that the demo users have from now on, in a sentence. */
async function agreeOnPassword(context: INestApplicationContext, isLoopback: boolean): Promise<string> {
  const clerk = await context.get(UserDirectory).findForSignIn(CLERK.email);
  const hasKnown =
    clerk !== null && (await context.get(PasswordHasher).matches(KNOWN_PASSWORD, clerk.passwordHash));
  if (isLoopback !== hasKnown) {
    const password = isLoopback ? KNOWN_PASSWORD : randomBytes(12).toString('base64url');
    for (const { email } of [CLERK, MANAGER, ADMIN]) {
      const user = await context.get(UserDirectory).findForSignIn(email);
      if (!user) continue;
      const known = { password, field: 'password' as const, mustChange: false };
      await context.get(PasswordResetService).reset(SYSTEM_ACTOR, user.id, known);
    }
    if (!isLoopback) return `${password} (this once: keep it)`;
  }
  return isLoopback ? KNOWN_PASSWORD : 'the one printed when the service was first opened to other machines';
}
