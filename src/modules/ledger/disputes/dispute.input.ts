export interface BalanceDisputeInput {
  readonly reason: string;
  readonly dry_run?: boolean;
}
