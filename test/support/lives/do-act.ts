import type { Act, ActOf } from './acts.js';
import { dispute, owe, pay, refund, target, voidCredit, voidDebt, voidRefund } from './ledger-acts.js';
import type { Life } from './life.js';
import { cancel, hold, lend, post, recover, resume, writeOff } from './loan-acts.js';
import { payOff, undoPayoff } from './payoff-acts.js';

type Done = void | Promise<void>;

const ACTS: { [Name in Act['act']]: (life: Life, act: ActOf<Name>) => Done } = {
  wait: (life, { days }) => life.wait(days),
  run: (life) => life.runSchedule(),
  lend,
  post,
  hold,
  resume,
  cancel,
  writeOff,
  payOff,
  undoPayoff,
  recover,
  owe,
  pay,
  target,
  dispute,
  resolve: dispute,
  voidDebt,
  voidCredit,
  refund,
  voidRefund,
};

/** Performs the operation in the service and in the model. The model decides whether it is allowed. */
export async function doAct(life: Life, act: Act): Promise<void> {
  await (ACTS[act.act] as (life: Life, act: Act) => Done)(life, act);
}
