import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

const GUIDE = path.resolve(import.meta.dirname, '../../docs/integration.md');
const LOCATIONS = /```nginx\n([^]*?)```/;

/** An nginx in front of the service, configured as in docs/integration.md, with compression for all types. */
export interface Nginx {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param port the port of the service */
export async function startNginx(port: string): Promise<Nginx> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-nginx-'));
  const listen = await freePort();
  const file = path.join(dir, 'nginx.conf');
  writeFileSync(file, settings(dir, listen, port));
  const child = spawn('/usr/sbin/nginx', ['-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const url = `http://127.0.0.1:${listen}`;
  await waitFor('nginx listens', async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    return fetch(`${url}/health/live`).catch(() => null);
  });
  return {
    url,
    async stop() {
      child.kill('SIGQUIT');
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
}

function settings(dir: string, listen: number, port: string): string {
  const locations = LOCATIONS.exec(readFileSync(GUIDE, 'utf8'))?.[1] ?? '';
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
user root;
pid ${dir}/pid;
events {}
http {
  access_log off;
  ${folders.map((folder) => `${folder}_temp_path ${dir}/${folder};`).join('\n  ')}
  gzip on;
  gzip_types *;
  gzip_proxied any;
  gzip_min_length 1;
  server {
    listen 127.0.0.1:${listen};
    ${locations.replace('127.0.0.1:3000', `127.0.0.1:${port}`)}
  }
}
`;
}
