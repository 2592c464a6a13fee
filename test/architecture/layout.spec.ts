import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** A folder of more files is more than one concept */
const MAX_FILES = 15;
const IN_MODULE_ROOT = /^(index|errors|permissions|audit-actions|[a-z-]+\.module)\.ts$/;

/** The names of the TypeScript files of each folder, specs apart. */
function foldersOf(root: string): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const entry of readdirSync(path.join(ROOT, root), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.spec\.tsx?$/.test(entry.name)) continue;
    const folder = path.relative(ROOT, entry.parentPath);
    folders.set(folder, [...(folders.get(folder) ?? []), entry.name]);
  }
  return folders;
}

it('holds at most 15 files in each folder of src, specs apart', () => {
  const folders = [...foldersOf('src')];
  expect(folders.length).toBeGreaterThan(50);
  expect(folders.filter(([, files]) => files.length > MAX_FILES)).toEqual([]);
});

it('has only index, module, errors, permissions and audit actions in the root of a module', () => {
  const modules = [...foldersOf('src/modules')].filter(([folder]) => path.dirname(folder) === 'src/modules');
  expect(modules.length).toBeGreaterThan(5);
  const misplaced = modules.flatMap(([folder, files]) =>
    files.filter((file) => !IN_MODULE_ROOT.test(file)).map((file) => `${folder}/${file}`),
  );
  expect(misplaced).toEqual([]);
});

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const subfoldersOf = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${folder}/${entry.name}`] : [],
  );

/** The part of the tree in docs/architecture.md about a folder: its line, and the lines below that are indented more. */
function partOf(tree: string[], folder: string): string {
  const name = path.basename(folder);
  const start = tree.findIndex((line) => new RegExp(`^ *${name}(?:/| )`).test(line));
  const indentation = tree[start]?.search(/\S/) ?? 0;
  const length = tree.slice(start + 1).findIndex((line) => line.search(/\S/) <= indentation);
  return start < 0 ? '' : tree.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

it('has every folder of src and test in the tree of docs/architecture.md, below the folder that contains it', () => {
  const tree = /```\n(src\/\n[^]*?)```/.exec(read('docs/architecture.md'))?.[1]?.split('\n') ?? [];
  const parents = ['src', 'src/platform', 'src/modules', ...subfoldersOf('src/modules'), 'test'];
  const missing = parents.flatMap((parent) =>
    subfoldersOf(parent).filter(
      (folder) => !new RegExp(`(?<![\\w-])${path.basename(folder)}(?![\\w-])`).test(partOf(tree, parent)),
    ),
  );
  expect(missing).toEqual([]);
});

it('has every file and folder that CONTRIBUTING.md names', () => {
  const sources = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const names = [...read('CONTRIBUTING.md').matchAll(/`([\w<>./-]+(?:\.(?:ts|tsx|md)|\/))`/g)].map(
    ([, name]) => String(name),
  );
  expect(names.length).toBeGreaterThan(30);
  const missing = names.filter((name) => {
    const pattern = new RegExp(`(^|/)${name.replaceAll('.', '\\.').replace('<name>', '[a-z-]+')}$`);
    return !existsSync(path.join(ROOT, name)) && !sources.some((file) => pattern.test(file));
  });
  expect(missing).toEqual([]);
});
