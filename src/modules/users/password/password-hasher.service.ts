import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's parameters for argon2id: 19 MiB and two passes, about 20 ms a hash. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashing runs on the process's four worker threads, which also look up hosts and read files: it may hold half. */
const MAX_PARALLEL = 2;

/** A well-formed hash that no password has: all zeros where salt and digest stand. */
const DECOY = [
  '$argon2id$v=19',
  `m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}`,
  'A'.repeat(22),
  'A'.repeat(43),
].join('$');

/** Hashes and checks passwords, a few at a time, so that a flood of sign-ins cannot take memory or threads. */
@Injectable()
export class PasswordHasherService {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFC'), PARAMETERS));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash (nobody has that e-mail) it takes as long
   * and answers false, so that the time of an answer does not tell which e-mails exist.
   */
  matches(password: string, storedHash: string | null): Promise<boolean> {
    return this.inTurn(() => verify(storedHash ?? DECOY, password.normalize('NFC')));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < MAX_PARALLEL) this.running += 1;
    else await new Promise<void>((startNow) => this.waiting.push(startNow));
    try {
      return await work();
    } finally {
      const startNext = this.waiting.shift();
      if (startNext) startNext();
      else this.running -= 1;
    }
  }
}
