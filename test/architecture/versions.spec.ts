import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Manifest {
  readonly engines: { readonly node: string };
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);

const allMatches = (file: string, pattern: RegExp): string[] =>
  [...read(file).matchAll(pattern)].map(([, version]) => `${file}: ${version}`);

describe('the PostgreSQL version', () => {
  it('is the embedded one in docker-compose.yml and everywhere in the documentation', () => {
    const [embedded] = new Set(Object.values(manifest.optionalDependencies));
    const release = /^\d+\.\d+/.exec(String(embedded))?.[0];
    const named = [
      ...allMatches('docker-compose.yml', /image: postgres:(\S+)/g),
      ...['README.md', ...docs].flatMap((file) => allMatches(file, /PostgreSQL (\d+\.\d+)/g)),
    ];
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((place) => !place.endsWith(`: ${release}`))).toEqual([]);
  });
});

describe('the Node version', () => {
  it('is the newest of package.json in .nvmrc and the Dockerfile, and README.md lists them all', () => {
    const least = manifest.engines.node.split(' || ').map((range) => range.replace(/^(\^|>=)/, ''));
    const newest = String(least.at(-1)?.split('.')[0]);
    expect(read('.nvmrc')).toBe(`${newest}\n`);
    const images = allMatches('Dockerfile', /FROM node:(\d+)-/g);
    expect(images.length).toBeGreaterThan(1);
    expect(new Set(images)).toEqual(new Set([`Dockerfile: ${newest}`]));
    expect(read('README.md')).toContain(`Node ${least.slice(0, -1).join(', ')} or ${least.at(-1)} and newer`);
  });
});

describe('package-lock.json', () => {
  interface LockedPackage {
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };

  /** Where Node looks for a package: from the dependent folder upwards. */
  const isLocked = (from: string, name: string): boolean => {
    const folders = from
      .split('/node_modules/')
      .map((_, depth, all) => all.slice(0, depth + 1).join('/node_modules/'));
    return ['', ...folders].some((folder) => `${folder}/node_modules/${name}`.replace(/^\//, '') in packages);
  };

  it('contains the optional packages of every platform, whatever platform wrote it', () => {
    const optional = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ from, name })),
    );
    expect(optional.length).toBeGreaterThan(100);
    expect(optional.filter(({ from, name }) => !isLocked(from, name))).toEqual([]);
  });
});
