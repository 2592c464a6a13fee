/** An entry of the audit log as the API shows it. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Date;
  /** Null: the system itself */
  readonly actor_id: number | null;
  readonly action: string;
  readonly record_type: string;
  readonly record_id: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly request_id: string | null;
  readonly address: string | null;
}
