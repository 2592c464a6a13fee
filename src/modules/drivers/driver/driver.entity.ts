import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { toSqlList } from '../../../kernel/codes/labels.js';
import { DRIVER_STATUSES } from './driver-status.js';
import type { DriverStatus } from './driver-status.js';

/** A person with a license of the Taxi and Limousine Commission (TLC) to drive a cab. */
@Entity('drivers')
@Index('idx_drivers_search_terms', { synchronize: false })
@Index('idx_drivers_name', { synchronize: false })
@Unique('uq_drivers_tlc_license_number', ['tlcLicenseNumber'])
@Check('ck_drivers_status', `status IN (${toSqlList(DRIVER_STATUSES)})`)
export class Driver {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_drivers',
  })
  id!: number;

  @Column('text', { name: 'tlc_license_number' })
  tlcLicenseNumber!: string;

  @Column('text', { name: 'first_name' })
  firstName!: string;

  @Column('text', { name: 'last_name' })
  lastName!: string;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text')
  status!: DriverStatus;

  /** The search terms for DriverQuery. The migration defines the expression; TypeORM must not compare it. */
  @Column({
    type: 'tsvector',
    name: 'search_terms',
    generatedType: 'STORED',
    asExpression: ' ',
    nullable: true,
    select: false,
  })
  searchTerms?: string | null;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
