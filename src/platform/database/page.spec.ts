import type { PagedSql } from './page.js';
import { selectPage } from './page.js';

/** A database that returns this total and these rows and records its queries. */
function databaseOf(counted: number, rows: unknown[] = []) {
  const asked: { sql: string; parameters: unknown[] | undefined }[] = [];
  return {
    asked,
    query<T>(sql: string, parameters?: unknown[]): Promise<T> {
      asked.push({ sql, parameters });
      return Promise.resolve((sql.includes('count(*)') ? [{ counted }] : rows) as T);
    },
  };
}

const countOf = (from: string): string =>
  `SELECT count(*)::int AS counted FROM (SELECT 1 ${from} LIMIT 50001) AS matching`;

const LOANS: PagedSql = {
  select: 'SELECT loan_id',
  from: 'FROM driver_loans WHERE ($1::int IS NULL OR driver_id = $1) AND status = $2',
  orderBy: 'loan_date DESC, id DESC',
  parameters: [7, 'ACTIVE'],
};

describe('a page of a list', () => {
  it('is queried with the parameters of the list, the page size and the offset', async () => {
    const db = databaseOf(120);
    await selectPage(db, LOANS, { page: 3, page_size: 50 });
    expect(db.asked).toEqual([
      { sql: countOf(LOANS.from), parameters: [7, 'ACTIVE'] },
      {
        sql: `SELECT loan_id ${LOANS.from} ORDER BY loan_date DESC, id DESC LIMIT $3 OFFSET $4`,
        parameters: [7, 'ACTIVE', 50, 100],
      },
    ]);
  });

  it('is counted and selected with fewer joins if the list has a shorter query', async () => {
    const db = databaseOf(0);
    const from = 'FROM driver_loans JOIN drivers ON driver_id = drivers.id WHERE status = $1';
    const narrow = { from: 'FROM driver_loans WHERE status = $1', key: 'loan_id' };
    await selectPage(
      db,
      { ...LOANS, from, keySource: narrow, parameters: ['ACTIVE'] },
      { page: 3, page_size: 50 },
    );
    expect(db.asked).toEqual([
      { sql: countOf(narrow.from), parameters: ['ACTIVE'] },
      {
        sql:
          `SELECT loan_id ${from} AND loan_id = ANY (ARRAY(SELECT loan_id ${narrow.from} ` +
          'ORDER BY loan_date DESC, id DESC LIMIT $2 OFFSET $3)) ORDER BY loan_date DESC, id DESC',
        parameters: ['ACTIVE', 50, 100],
      },
    ]);
  });

  it('of a list without parameters numbers its parameters from $1', async () => {
    const db = databaseOf(1);
    await selectPage(db, { ...LOANS, from: 'FROM driver_loans', parameters: [] }, { page: 1, page_size: 5 });
    expect(db.asked[1]).toEqual({
      sql: 'SELECT loan_id FROM driver_loans ORDER BY loan_date DESC, id DESC LIMIT $1 OFFSET $2',
      parameters: [5, 0],
    });
  });

  it.each([
    [0, 50, 0],
    [1, 50, 1],
    [50, 50, 1],
    [51, 50, 2],
    [500, 500, 1],
    [1001, 500, 3],
  ])('has for %i rows with the page size %i the total of %i pages', async (total, page_size, total_pages) => {
    await expect(selectPage(databaseOf(total), LOANS, { page: 1, page_size })).resolves.toEqual({
      items: [],
      total,
      total_is_lower_bound: false,
      page: 1,
      page_size,
      total_pages,
    });
  });

  it('contains the rows of the query, also after the last page', async () => {
    const rows = [{ loan_id: 'DL-2025-0002' }, { loan_id: 'DL-2025-0001' }];
    const page = await selectPage(databaseOf(2, rows), LOANS, { page: 9, page_size: 50 });
    expect(page).toMatchObject({ items: rows, total: 2, page: 9, total_pages: 1 });
  });

  it.each([
    ['the first page', 1, 50, { total: 50_000, total_is_lower_bound: true, total_pages: 1_000 }],
    [
      'a page after the counted ones',
      1_001,
      50,
      { total: 50_050, total_is_lower_bound: true, total_pages: 1_001 },
    ],
    ['the last page', 1_001, 20, { total: 50_020, total_is_lower_bound: false, total_pages: 1_001 }],
    [
      'a page after the last one',
      3_000,
      0,
      { total: 50_000, total_is_lower_bound: true, total_pages: 1_000 },
    ],
  ])('of a list that is not counted to its end says so: %s', async (_, page, rows, expected) => {
    const db = databaseOf(50_001, Array<unknown>(rows).fill({}));
    await expect(selectPage(db, LOANS, { page, page_size: 50 })).resolves.toMatchObject(expected);
  });

  it('does not change the parameters of the list', async () => {
    await selectPage(databaseOf(1), LOANS, { page: 1, page_size: 50 });
    expect(LOANS.parameters).toEqual([7, 'ACTIVE']);
  });
});
