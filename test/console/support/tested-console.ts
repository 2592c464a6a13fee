import type { Browser } from 'playwright-core';
import type { Call } from './call-api.js';
import { callApi } from './call-api.js';
import type { Screen } from './clerk.js';
import { Clerk, openBrowser } from './clerk.js';
import type { ConsoleServer } from './console-server.js';
import { startConsoleServer } from './console-server.js';

/** The built service with demo data, and a browser. */
export class TestedConsole {
  private server?: ConsoleServer;
  private browser?: Browser;

  /** Started before the tests of the calling scope and closed after them. */
  static forAll(settings?: Readonly<Record<string, string>>): TestedConsole {
    const tested = new TestedConsole();
    beforeAll(async () => {
      tested.server = await startConsoleServer(settings);
      tested.browser = await openBrowser();
    });
    afterAll(async () => {
      await tested.browser?.close();
      await tested.server?.close();
    });
    return tested;
  }

  get url(): string {
    return this.opened(this.server).url;
  }

  openPage(screen: Screen): Promise<Clerk> {
    return Clerk.openPage(this.opened(this.browser), this.url, screen);
  }

  /** Asks the API directly. */
  call<T>(path: string, call?: Call): Promise<T> {
    return callApi<T>(this.url, path, call);
  }

  private opened<T>(part: T | undefined): T {
    if (part === undefined) throw new Error('The console is only available during a test.');
    return part;
  }
}
