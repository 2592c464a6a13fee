import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** The names of the users, for files whose readers do not know the ids. */
@Injectable()
export class UserNamesQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** By the id of the user. A fleet has few users. */
  async all(): Promise<ReadonlyMap<number, string>> {
    const users = await this.dataSource.query<{ id: number; name: string }[]>('SELECT id, name FROM users');
    return new Map(users.map(({ id, name }) => [id, name]));
  }
}
