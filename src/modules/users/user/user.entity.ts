import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Role } from '../access/role.js';

/** Somebody who may sign in. Never deleted, as records name who made them: `isActive` ends the access instead. */
@Entity('users')
@Unique('uq_users_email', ['email'])
@Check('ck_users_email', 'email = lower(email)')
@Check('ck_users_roles', "roles <@ ARRAY['FINANCE', 'MANAGER', 'ADMIN'] AND cardinality(roles) > 0")
@Check('ck_users_password_reset', 'password_reset_by IS NULL OR password_reset_on IS NOT NULL')
export class User {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_users',
  })
  id!: number;

  /** In lower case: the name to sign in with. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  /** argon2id, in the PHC form, which carries its own parameters and salt. */
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('text', { array: true })
  roles!: Role[];

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  /** Somebody else chose the password: the user may do nothing but choose another. */
  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword!: boolean;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  /** Null where the command line made the user. */
  @ForeignKey(() => User, { name: 'fk_users_created_by' })
  @Column('integer', { name: 'created_by', nullable: true })
  createdBy!: number | null;

  /** Who last chose a password for the user; null where nobody else has. */
  @ForeignKey(() => User, { name: 'fk_users_password_reset_by' })
  @Column('integer', { name: 'password_reset_by', nullable: true })
  passwordResetBy!: number | null;

  @Column('timestamptz', { name: 'password_reset_on', nullable: true })
  passwordResetOn!: Date | null;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
