import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { toSqlList } from '../../../kernel/codes/labels.js';
import { LEASE_STATUSES } from './lease-status.js';
import type { LeaseStatus } from './lease-status.js';
import { Medallion } from '../vehicle/medallion.entity.js';
import { Vehicle } from '../vehicle/vehicle.entity.js';

/**
 * A driver's lease of a cab. Driver, medallion and vehicle never change, because ledger postings get their medallion
 * and vehicle from the lease. Another cab needs another lease.
 */
@Entity('leases')
@Unique('uq_leases_lease_number', ['leaseNumber'])
@Unique('uq_leases_driver_id_id', ['driverId', 'id'])
@Index('idx_leases_medallion', ['medallionId'])
@Index('idx_leases_vehicle', ['vehicleId'])
@Check('ck_leases_status', `status IN (${toSqlList(LEASE_STATUSES)})`)
@Check('ck_leases_dates', 'end_date >= start_date')
export class Lease {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_leases',
  })
  id!: number;

  @Column('text', { name: 'lease_number' })
  leaseNumber!: string;

  @Column('integer', { name: 'driver_id' })
  @ForeignKey('Driver', { name: 'fk_leases_driver' })
  driverId!: number;

  @Column('integer', { name: 'medallion_id' })
  @ForeignKey(() => Medallion, { name: 'fk_leases_medallion' })
  medallionId!: number;

  @Column('integer', { name: 'vehicle_id' })
  @ForeignKey(() => Vehicle, { name: 'fk_leases_vehicle' })
  vehicleId!: number;

  @Column('date', { name: 'start_date' })
  startDate!: CalendarDate;

  /** The last day; null if the lease has no end date. */
  @Column('date', { name: 'end_date', nullable: true })
  endDate!: CalendarDate | null;

  @Column('text')
  status!: LeaseStatus;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
