import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '../config/load-config.js';
import { openProcessLog } from './process-log.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://user:password@host:5432/database',
  AUTH_JWT_SECRET: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
};

describe('the log of a process', () => {
  let folder: string;
  let shown: string;

  const open = (env: Record<string, string>, fromLevel = 30) => {
    const console = { write: (text: string) => (shown += text), isTTY: false };
    return openProcessLog(loadConfig({ LOG_DIR: folder, ...env }), {
      console: console as unknown as NodeJS.WriteStream,
      fromLevel,
      fileContext: 'loans',
    });
  };
  const filed = (): string => readFileSync(path.join(folder, 'loans.log'), 'utf8');

  beforeEach(() => {
    shown = '';
    folder = mkdtempSync(path.join(tmpdir(), 'process-log-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is JSON in production and writes the lines of one context also to the file', async () => {
    const log = open(PRODUCTION);
    const logger = pino({}, log.stream);
    logger.info({ context: 'others' }, 'theirs');
    logger.info({ context: 'loans', loan_id: 'DL-2025-0001' }, 'ours');
    await log.close();
    const lines = shown.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['theirs', 'ours']);
    expect(filed()).toBe(`${lines[1]}\n`);
  });

  it('is readable text outside of production and JSON in the file', async () => {
    const log = open({});
    pino({}, log.stream).info({ context: 'loans', loan_id: 'DL-2025-0001' }, 'ours');
    await log.close();
    expect(shown).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: ours \{"loan_id":"DL-2025-0001"\}\n$/);
    expect(JSON.parse(filed())).toMatchObject({ msg: 'ours', loan_id: 'DL-2025-0001' });
  });

  it('prints only the level of a command and writes the rest to the file', async () => {
    const log = open(PRODUCTION, 40);
    pino({}, log.stream).info({ context: 'loans' }, 'quiet');
    pino({}, log.stream).warn({ context: 'others' }, 'loud');
    await log.close();
    expect(JSON.parse(shown)).toMatchObject({ msg: 'loud' });
    expect(JSON.parse(filed())).toMatchObject({ msg: 'quiet' });
  });

  it('continues with one warning if the directory is not writable', async () => {
    const inTheWay = path.join(folder, 'a-file');
    writeFileSync(inTheWay, '');
    const log = open({ ...PRODUCTION, LOG_DIR: inTheWay });
    const logger = pino({}, log.stream);
    while (!shown.includes('is not writable')) await new Promise(setImmediate);
    logger.info({ context: 'loans' }, 'shown all the same');
    await log.close();
    const [warning, line] = shown.trim().split('\n');
    expect(JSON.parse(warning ?? '')).toMatchObject({
      level: 40,
      msg: expect.stringContaining('LOG_DIR') as string,
    });
    expect(JSON.parse(line ?? '')).toMatchObject({ msg: 'shown all the same' });
  });
});
