import { account } from './account';
import { acts } from './acts';
import { common } from './common';
import { dashboard } from './dashboard';
import { imports } from './imports';
import { ledger } from './ledger';
import { loans } from './loans';
import { people } from './people';
import { posting } from './posting';

/** Every text of the console, by part. */
export const en = { ...common, account, acts, dashboard, imports, ledger, loans, people, posting } as const;
