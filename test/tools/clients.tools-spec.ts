import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const DOCUMENT = path.join(ROOT, 'openapi.json');
const HEY_API = ['--package=@hey-api/openapi-ts@0.90.0', '--package=typescript@6.0.3'];
const STRICT = [
  ...['--noEmit', '--strict', '--noUncheckedIndexedAccess', '--skipLibCheck'],
  ...['--target', 'ES2023', '--module', 'esnext', '--moduleResolution', 'bundler', '--types', 'node'],
];

const PROGRAM_OF_OPENAPI_TYPESCRIPT = `
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

export async function lend(baseUrl: string): Promise<string | undefined> {
  const api = createClient<paths>({ baseUrl });
  const login = { email: 'finance@demo.local', password: 'driver-loans-demo' };
  const { data: session } = await api.POST('/api/v1/auth/login', { body: login });
  const headers = { authorization: \`Bearer \${session?.access_token ?? ''}\` };
  const loan = { driver_id: 1, lease_id: 1, loan_amount: '1500.00', start_week: '2025-11-02' };
  const { error } = await api.POST('/api/v1/loans', { body: loan, headers });
  if (error) return error.detail;
  const { data } = await api.GET('/api/v1/loans', { params: { query: { status: ['ACTIVE', 'ON_HOLD'] } }, headers });
  return data?.items[0]?.outstanding_balance;
}
`;

const PROGRAM_OF_HEY_API = `
import { authSignIn, loanOriginationCreate, loansList } from './client/index.js';

export async function lend(baseUrl: string): Promise<string | undefined> {
  const login = { email: 'finance@demo.local', password: 'driver-loans-demo' };
  const { data: session } = await authSignIn({ baseUrl, body: login });
  const auth = session?.access_token;
  const loan = { driver_id: 1, lease_id: 1, loan_amount: '1500.00', start_week: '2025-11-02' };
  const { error } = await loanOriginationCreate({ baseUrl, auth, body: loan });
  if (error) return error.detail;
  const { data } = await loansList({ baseUrl, auth, query: { status: ['ACTIVE', 'ON_HOLD'] } });
  return data?.items[0]?.outstanding_balance;
}
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-client-'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(command: string, args: readonly string[], cwd = ROOT): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error) throw error;
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
}

function compile(program: string): void {
  const file = path.join(folder, 'program.ts');
  writeFileSync(file, program);
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [
    compiler,
    '--ignoreConfig',
    '--typeRoots',
    path.join(ROOT, 'node_modules/@types'),
    ...STRICT,
    file,
  ]);
}

describe('a client generated with default options', () => {
  it('signs in, creates a loan without optional fields and lists loans in strict TypeScript: openapi-typescript', () => {
    const generator = path.join(ROOT, 'node_modules/openapi-typescript/bin/cli.js');
    run(process.execPath, [generator, DOCUMENT, '--output', path.join(folder, 'schema.d.ts')]);
    compile(PROGRAM_OF_OPENAPI_TYPESCRIPT);
  });

  it('signs in, creates a loan without optional fields and lists loans in strict TypeScript: @hey-api/openapi-ts', () => {
    const output = path.join(folder, 'client');
    const generate = ['openapi-ts', '--input', DOCUMENT, '--output', output, '--no-log-file'];
    // outside the project, whose own TypeScript npx would count as installed beside the generator
    const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-generator-'));
    run('npx', ['--yes', ...HEY_API, ...generate], elsewhere);
    rmSync(elsewhere, { recursive: true });
    compile(PROGRAM_OF_HEY_API);
  });
});
