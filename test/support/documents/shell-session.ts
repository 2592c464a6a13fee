import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './markdown.js';

/** The result of one block. */
export interface ShellResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell that runs the blocks of a document one after another. */
export interface ShellSession {
  run(script: string): Promise<ShellResult>;
  close(): void;
}

const MARK = '@@ end of block';

/** npm runs in the project directory. Files that a block writes go to a directory of the session. */
const PRELUDE = `set -u
npm() { (cd '${ROOT}' && command npm "$@"); }
`;

/** @param withCurl runs the installed curl instead of the replacement in curl.mjs */
export function openShell(env: Readonly<Record<string, string>>, withCurl: boolean): ShellSession {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-documents-'));
  symlinkSync(path.join(ROOT, 'docs'), path.join(folder, 'docs'));
  if (!withCurl) writeCurlReplacement(path.join(folder, 'curl'));
  const shell = spawn('sh', [], {
    cwd: folder,
    env: { ...process.env, ...env, PATH: `${folder}${path.delimiter}${process.env['PATH']}` },
    stdio: 'pipe',
  });
  const output = { stdout: '', stderr: '' };
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  shell.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  shell.stdin.on('error', () => undefined).write(PRELUDE);
  let blocks = 0;
  return {
    async run(script) {
      blocks += 1;
      output.stdout = '';
      output.stderr = '';
      const file = path.join(folder, `block-${blocks}.sh`);
      writeFileSync(file, script);
      shell.stdin.write(`. '${file}' </dev/null\nprintf '\\n${MARK} %s\\n' "$?"\n`);
      return await outcome(shell, output);
    },
    close() {
      shell.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

function outcome(
  shell: ReturnType<typeof spawn>,
  output: { stdout: string; stderr: string },
): Promise<ShellResult> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const end = new RegExp(`\\n${MARK} (\\d+)\\n$`).exec(output.stdout);
      if (!end) return;
      shell.stdout?.off('data', look);
      shell.off('close', fail);
      resolve({ exitCode: Number(end[1]), stdout: output.stdout.slice(0, end.index), stderr: output.stderr });
    };
    const fail = (): void => reject(new Error(`the shell ended: ${output.stderr}`));
    shell.once('close', fail);
    shell.stdout?.on('data', look);
  });
}

function writeCurlReplacement(file: string): void {
  const script = path.join(__dirname, 'curl.mjs');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(file, 0o755);
}
