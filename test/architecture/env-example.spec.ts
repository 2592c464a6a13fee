import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AppConfig } from '../../src/platform/config/app-config.js';

const example = readFileSync(path.resolve(__dirname, '../../.env.example'), 'utf8');
const settings = [...example.matchAll(/^(# ?)?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, hash, name, value]) => ({
  name: String(name),
  value: String(value),
  isCommentedOut: hash !== undefined,
}));
const defaults = new Map(Object.entries(new AppConfig()));

describe('.env.example', () => {
  it('lists every setting exactly once, and nothing else', () => {
    expect(settings.map(({ name }) => name).sort()).toEqual([...defaults.keys()].sort());
  });

  it('states the real default values', () => {
    const stated = settings.filter(({ name }) => defaults.get(name) !== undefined);
    expect(stated.map(({ name, value }) => `${name}=${value}`)).toEqual(
      stated.map(({ name }) => `${name}=${defaults.get(name)}`),
    );
  });

  it('has every line commented out, so that an unedited copy changes nothing', () => {
    expect(settings.filter(({ isCommentedOut }) => !isCommentedOut)).toEqual([]);
  });
});
