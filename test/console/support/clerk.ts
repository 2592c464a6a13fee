import type { Browser, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { PASSWORD } from './console-server.js';

/** The Chromium of Debian, which sends no requests in the background. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Screen {
  readonly width: 1440 | 390;
  readonly colorScheme?: 'light' | 'dark';
}

/** A user at the console. Collects browser errors and requests to other machines. */
export class Clerk {
  readonly browserErrors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.browserErrors.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.browserErrors.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) {
        this.browserErrors.push(`asked for ${request.url()}`);
      }
    });
  }

  static async openPage(browser: Browser, url: string, screen: Screen): Promise<Clerk> {
    const context = await browser.newContext({
      viewport: { width: screen.width, height: 900 },
      colorScheme: screen.colorScheme ?? 'light',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(60_000);
    return new Clerk(await context.newPage(), url);
  }

  async signIn(name: 'finance' | 'manager' | 'admin', at = '/'): Promise<void> {
    await this.page.goto(`${this.url}/console${at}`);
    await this.enterPassword(name);
    await this.page.getByRole('button', { name: /^Your account/ }).waitFor();
  }

  async enterPassword(name: string): Promise<void> {
    await this.page.getByLabel('E-mail').fill(`${name}@demo.local`);
    await this.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /**
   * Opens another page without reloading the console.
   * @param sign shown only on the new page; waits until it is visible
   */
  async open(address: string, sign: Locator = this.title(/./)): Promise<void> {
    const to = JSON.stringify(`/console${address}`);
    await this.page.evaluate(
      `history.pushState({}, '', ${to}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await sign.waitFor();
    await this.page.getByLabel('Loading…').first().waitFor({ state: 'hidden' });
  }

  title(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
