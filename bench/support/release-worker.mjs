/** Runs one task with the code of a release (release.mjs) and prints its answer as JSON. */
import 'reflect-metadata';
import path from 'node:path';

const [folder, task, url, settings, week] = process.argv.slice(2);

const tasks = {
  async migrate() {
    const { migrate } = await import(path.join(folder, 'dist/src/platform/database/migrate.js'));
    return migrate(url);
  },
  async post() {
    const { postByService } = await import(path.join(folder, 'bench/support/post-by-service.mjs'));
    return postByService(url, JSON.parse(settings), Number(week));
  },
};
process.stdout.write(JSON.stringify((await tasks[task]()) ?? null));
