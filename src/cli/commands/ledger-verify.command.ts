import { Command } from 'commander';
import { CHAIN_HEAD, LedgerVerificationService } from '../../modules/ledger/index.js';
import { counted } from '../../kernel/text/sentence.js';
import { withServices } from '../cli-context.js';
import { Progress } from '../progress.js';
import { UsageError } from '../usage-error.js';

type Verification = Awaited<ReturnType<LedgerVerificationService['verify']>>;

export const ledgerVerify = new Command('ledger:verify')
  .description('Verify the database: ledger, loans, users, audit log, seals and schema')
  .option(
    '--head <head>',
    'a chain head that an earlier run printed; the chain must still contain it',
    parseHead,
  )
  .action(async ({ head }: { head?: string }) => {
    const verification = await verify(head);
    process.stdout.write(`${report(verification).join('\n')}\n`);
    if (!verification.ok) process.exitCode = 1;
  });

function parseHead(text: string): string {
  if (CHAIN_HEAD.test(text)) return text;
  throw new UsageError(
    `"${text}" is not a chain head. It must look like 12:9f86d0…, as this command prints it.`,
  );
}

async function verify(head: string | undefined): Promise<Verification> {
  const progress = new Progress();
  try {
    return await withServices((find) =>
      find(LedgerVerificationService).verify({
        head,
        progress: (records, checked) => progress.show(records, `${checked} checked`),
      }),
    );
  } finally {
    progress.stop();
  }
}

/** The number of checked records by kind, one line for each difference, and the verdict. */
function report({ checked, differences, differences_total, chain_head }: Verification): string[] {
  const width = Math.max(...Object.values(checked).map((count) => String(count).length));
  const counts = Object.entries(checked).map(
    ([name, count]) => `${String(count).padStart(width)} ${name.replaceAll('_', ' ')}`,
  );
  const lines = differences.map(
    ({ kind, id, message, expected, actual }) =>
      `${kind} ${id} ${message}: expected ${expected ?? 'nothing'}, found ${actual ?? 'nothing'}`,
  );
  const hidden = differences_total - differences.length;
  return [
    'Checked',
    ...counts.map((count) => `  ${count}`),
    ...lines,
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
    `Ledger verification ${differences_total === 0 ? 'passed' : 'failed'}: ${counted(differences_total, 'difference')}`,
    `Chain head: ${chain_head ?? 'none yet'}`,
  ];
}
