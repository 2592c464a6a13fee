#!/usr/bin/env node
/** The command line for `npx driver-loans …`: the same commands as `npm run cli -- …`, built first where needed. */
import './build.mjs';

if (!process.exitCode) await import('../dist/src/cli/main.js');
