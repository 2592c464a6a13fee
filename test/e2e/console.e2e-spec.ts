import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

describe('the console', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await app.app.getHttpAdapter().getInstance().ready();
  });

  afterAll(() => app.close());

  const get = (url: string) => app.app.inject({ method: 'GET', url });

  it('is the redirect target of the root URL', async () => {
    const { statusCode, headers } = await get('/');
    expect({ statusCode, location: headers.location }).toEqual({ statusCode: 302, location: '/console/' });
  });

  it.each(['/console', '/console/', '/console/loans/DL-2025-0001?tab=ledger'])(
    'serves its uncached page at %s',
    async (address) => {
      const { statusCode, headers, body } = await get(address);
      expect({ statusCode, type: headers['content-type'], kept: headers['cache-control'] }).toEqual({
        statusCode: 200,
        type: 'text/html; charset=utf-8',
        kept: 'no-store',
      });
      expect(body).toContain('<div id="root">');
    },
  );

  it('contains no inline script that its content security policy blocks', async () => {
    const { headers, body } = await get('/console/');
    expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });

  it('lets browsers cache its hashed files for a year', async () => {
    const { body } = await get('/console/');
    const script = /src="(\/console\/assets\/[^"]+\.js)"/.exec(body)?.[1] ?? '';
    const { statusCode, headers } = await get(script);
    expect({ statusCode, kept: headers['cache-control'] }).toEqual({
      statusCode: 200,
      kept: 'public, max-age=31536000, immutable',
    });
  });

  it('returns 404 for an asset of an older build', async () => {
    const { statusCode, headers } = await get('/console/assets/index-of-last-week.js');
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 404,
      type: 'application/problem+json; charset=utf-8',
    });
  });

  it('does not serve the build stamp and the build manifest', async () => {
    expect((await get('/console/.stamp')).body).toContain('<div id="root">');
    expect((await get('/console/.vite/manifest.json')).body).toContain('<div id="root">');
  });
});
