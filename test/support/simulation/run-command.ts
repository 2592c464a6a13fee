import type { Command, CommandOf } from './commands.js';
import { dispute, owe, pay, refund, target, voidCredit, voidDebt, voidRefund } from './ledger-commands.js';
import type { Simulation } from './simulation.js';
import { cancel, hold, lend, post, recover, resume, writeOff } from './loan-commands.js';
import { payOff, undoPayoff } from './payoff-commands.js';

type Result = void | Promise<void>;

const COMMANDS: { [Name in Command['type']]: (simulation: Simulation, command: CommandOf<Name>) => Result } =
  {
    wait: (simulation, { days }) => simulation.wait(days),
    run: (simulation) => simulation.runSchedule(),
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

/** Runs the command in the service and in the model. The model decides whether it is allowed. */
export async function runCommand(simulation: Simulation, command: Command): Promise<void> {
  simulation.begin(command.type);
  await (COMMANDS[command.type] as (simulation: Simulation, command: Command) => Result)(simulation, command);
}
