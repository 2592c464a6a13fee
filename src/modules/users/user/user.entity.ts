import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Role } from '../access/role.js';

/** A user account. It is never deleted, because records refer to it; `isActive` ends the access instead. */
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

  /** In lower case; used for the sign-in. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  /** argon2id in PHC format, which contains its parameters and salt. */
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('text', { array: true })
  roles!: Role[];

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  /** Another user has set the password, so the user must change it before any other request. */
  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword!: boolean;

  @Column('timestamptz', { name: 'created_on' })
  createdOn!: Date;

  /** Null if the command line created the user. */
  @ForeignKey(() => User, { name: 'fk_users_created_by' })
  @Column('integer', { name: 'created_by', nullable: true })
  createdBy!: number | null;

  /** The last other user who set the password; null if only the user has set it. */
  @ForeignKey(() => User, { name: 'fk_users_password_reset_by' })
  @Column('integer', { name: 'password_reset_by', nullable: true })
  passwordResetBy!: number | null;

  @Column('timestamptz', { name: 'password_reset_on', nullable: true })
  passwordResetOn!: Date | null;

  @Column('timestamptz', { name: 'updated_on' })
  updatedOn!: Date;
}
