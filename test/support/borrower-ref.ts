/** The driver and the lease that a loan, an obligation or a payment belongs to. */
export interface BorrowerRef {
  readonly driver_id: number;
  readonly lease_id: number;
}
