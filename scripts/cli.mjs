#!/usr/bin/env node
/** The CLI for `npx driver-loans …`: the same commands as `npm run cli -- …`, after a build if needed. */
import './build.mjs';

if (!process.exitCode) await import('../dist/src/cli/main.js');
