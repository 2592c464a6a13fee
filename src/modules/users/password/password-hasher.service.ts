import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's parameters for argon2id: 19 MiB and two passes, about 20 ms a hash. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Hashing may use only half of the four worker threads of the process, which also resolve host names and read files.
 */
const MAX_PARALLEL = 2;

/** A well-formed hash that matches no password: salt and digest are all zeros. */
const DECOY = [
  '$argon2id$v=19',
  `m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}`,
  'A'.repeat(22),
  'A'.repeat(43),
].join('$');

/** Hashes and verifies passwords, with limited concurrency, so that many sign-ins cannot exhaust memory or threads. */
@Injectable()
export class PasswordHasherService {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.withLimit(() => hash(password.normalize('NFC'), PARAMETERS));
  }

  /**
   * Whether the password matches the hash. Without a hash (an unknown e-mail) it does the same work and returns false,
   * so that the response time does not reveal which e-mails exist.
   */
  matches(password: string, storedHash: string | null): Promise<boolean> {
    return this.withLimit(() => verify(storedHash ?? DECOY, password.normalize('NFC')));
  }

  private async withLimit<T>(work: () => Promise<T>): Promise<T> {
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
