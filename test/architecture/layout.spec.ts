import { readdirSync } from 'node:fs';
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
