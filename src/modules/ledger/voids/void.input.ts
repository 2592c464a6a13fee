export interface VoidPostingInput {
  readonly reason: string;
  readonly dry_run?: boolean;
}
