import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { RecordSource, RecordType } from '../../../platform/changes/recorded-change.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import type { UserFilters, UserSort } from '../search/user.filters.js';
import { USER_TRANSIENT_FIELDS } from './user.view.js';
import type { UserName, UserView } from './user.view.js';

/** Without the password hash, which never leaves this module. */
const SELECT_USER = `
  SELECT users.id, users.email, users.name, users.roles, users.is_active AS active, users.must_change_password,
    (SELECT max(locked_until) FROM sign_in_locks
     WHERE account_hash = sha256(convert_to(users.email, 'UTF8')) AND locked_until > now()) AS locked_until,
    (SELECT count(*)::integer FROM sessions
     WHERE sessions.user_id = users.id AND lives_until > now()) AS active_sessions,
    users.created_on, users.updated_on`;

/** There are few users, so their search terms are not stored, unlike those of drivers. */
const MATCHING_USERS = `
  FROM users
  WHERE ($1::text IS NULL
      OR search_terms(users.name || ' ' || users.email, NULL) @@ search_query($1))
    AND ($2::text IS NULL OR $2 = ANY (users.roles))
    AND ($3::boolean IS NULL OR users.is_active = $3)`;

const SORT_COLUMNS: Readonly<Record<UserSort, readonly string[]>> = {
  name: ['users.name COLLATE "und-x-icu"', 'users.id'],
  email: ['users.email'],
  created_on: ['users.created_on', 'users.id'],
};

/** Users in the audit log and in events */
export const USER: RecordType = { recordType: 'user', viewVersion: 1 };

@Injectable()
export class UserQuery implements RecordSource<number, UserView> {
  readonly recordType = USER.recordType;
  readonly viewVersion = USER.viewVersion;
  readonly transientFields = USER_TRANSIENT_FIELDS;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(filters: UserFilters): Promise<Page<UserView>> {
    const direction = filters.sort_order === 'asc' ? 'ASC' : 'DESC';
    const sql = {
      select: SELECT_USER,
      from: MATCHING_USERS,
      orderBy: SORT_COLUMNS[filters.sort_by].map((column) => `${column} ${direction}`).join(', '),
      parameters: [filters.q, filters.role, filters.active],
    };
    return selectPage<UserView>(this.dataSource, sql, filters);
  }

  /** The names of the existing users, including inactive ones, whose records remain. */
  async names(ids: readonly number[]): Promise<{ items: UserName[] }> {
    const sql = 'SELECT id, name FROM users WHERE id = ANY ($1) ORDER BY id';
    return { items: await this.dataSource.query<UserName[]>(sql, [ids]) };
  }

  /**
   * Throws USER_NOT_FOUND.
   * @param db the current transaction, to read its own changes
   */
  async get(id: number, db: SqlRunner = this.dataSource): Promise<UserView> {
    const [user] = await db.query<UserView[]>(`${SELECT_USER} FROM users WHERE id = $1`, [id]);
    if (!user) throw new DomainError('USER_NOT_FOUND', `There is no user ${id}.`);
    return user;
  }
}
