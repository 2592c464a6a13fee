import { aDriver } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import { waitForLockWaiters } from '../support/wait-for.js';
import { example, app, send, drivers, books, useDriverImport } from './support/driver-import-fixture.js';

useDriverImport();

describe('the import of drivers', () => {
  it('creates the drivers, and a second import of the same file changes nothing', async () => {
    const first = await send(example('drivers.csv'));
    expect(first).toMatchObject({ status: 200 });
    expect(first.body).toEqual({
      dry_run: false,
      all_or_nothing: false,
      applied: true,
      message: 'Read 3 rows: 3 created, 0 updated, 0 unchanged, 0 rejected.',
      rows: 3,
      created: 3,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      changes_total: 0,
      changes: [],
      errors_total: 0,
      errors: [],
    });
    const amar = { phone: '+1 212 555 0142', email: 'amar.singh@example.com', status: 'ACTIVE' };
    const elena = { phone: null, email: 'maria.delacruz@example.com', status: 'ACTIVE' };
    const sean = { phone: null, email: null, status: 'INACTIVE' };
    expect(await drivers()).toEqual([
      { tlc: '5123456', first_name: 'Amar', last_name: 'Singh', ...amar },
      { tlc: '5123457', first_name: 'María Elena', last_name: 'de la Cruz', ...elena },
      { tlc: '5123458', first_name: 'Seán', last_name: "O'Brien, Jr.", ...sean },
    ]);
    const before = await books();
    const second = await send(example('drivers.csv'));
    expect(second.body).toMatchObject({ applied: true, created: 0, updated: 0, unchanged: 3 });
    expect(await books()).toEqual(before);
  });

  it('accepts spreadsheet output: sep=, empty last columns, lower-case status, a phone number in brackets', async () => {
    const { body } = await send(
      [
        'sep=;',
        'tlc_license_number;first_name;last_name;phone;status;;',
        'S1;Ana;Lima;(212) 555-0142; inactive ;;',
        '',
      ].join('\r\n'),
    );
    expect(body).toMatchObject({ created: 1, rejected: 0 });
    expect(await drivers()).toEqual([
      {
        tlc: 'S1',
        first_name: 'Ana',
        last_name: 'Lima',
        phone: '(212) 555-0142',
        email: null,
        status: 'INACTIVE',
      },
    ]);
  });

  it('rejects by line the values that a spreadsheet or another program has damaged', async () => {
    const { body } = await send(
      [
        'tlc_license_number,first_name,last_name',
        'S1,#N/A,Lima',
        'S2,JosÃ©,Lima',
        'NULL,Ana,Lima',
        '6-Nov,Ana,Lima',
        'S5,Ana,Null',
      ].join('\n'),
    );
    expect(body).toMatchObject({ created: 1, rejected: 4 });
    expect(body.errors.map(({ line, field, value }) => [line, field, value])).toEqual([
      [2, 'first_name', '#N/A'],
      [3, 'first_name', 'JosÃ©'],
      [4, 'tlc_license_number', 'NULL'],
      [5, 'tlc_license_number', '6-Nov'],
    ]);
  });

  it('writes the same audit entry as the form', async () => {
    await app.as('FINANCE').post('/drivers', {
      tlc_license_number: 'FORM',
      first_name: 'Ada',
      last_name: 'Rider',
    });
    const header = 'tlc_license_number,first_name,last_name,phone';
    const imported = await send(`${header}\nFILE,Ada,Rider,\n`);
    await send(`${header}\nFILE,Eve,Rider,212 555 0100\n`);
    const [form, create, update] = await app.db.query<Record<string, Record<string, unknown>>[]>(
      `SELECT id, actor_id, action, record_type, record_id, before, after, request_id, address FROM audit_log WHERE record_type = 'driver' ORDER BY id`,
    );
    expect({ ...create, id: 0, record_id: '', request_id: '', after: '' }).toEqual({
      ...form,
      ...{ id: 0, record_id: '', request_id: '', after: '' },
    });
    const own = { id: 0, tlc_license_number: '' };
    expect({ ...create?.['after'], ...own }).toEqual({ ...form?.['after'], ...own });
    expect(Object.keys(create?.['after'] ?? {}).sort()).toEqual(Object.keys(form?.['after'] ?? {}).sort());
    expect(create).toMatchObject({ request_id: imported.headers['x-request-id'] });
    expect(update).toMatchObject({
      action: 'driver.update',
      before: { first_name: 'Ada', phone: null },
      after: { first_name: 'Eve', phone: '212 555 0100' },
    });
  });

  it('updates drivers with a known license; a blank cell or missing column leaves the value unchanged', async () => {
    await aDriver(app, {
      tlc_license_number: 'A1',
      first_name: 'Ada',
      last_name: 'Old',
      status: 'SUSPENDED',
    });
    await aDriver(app, { tlc_license_number: 'A2', phone: '212 555 0100', email: 'a2@example.com' });
    const { body } = await send(
      'TLC License Number;Last Name;First Name;Phone\n a1 ;New;Ada;\nA2;Two;Ann;212 555 0111\n',
    );
    expect(body).toMatchObject({ created: 0, updated: 2 });
    expect(await drivers()).toEqual([
      { tlc: 'A1', first_name: 'Ada', last_name: 'New', phone: null, email: null, status: 'SUSPENDED' },
      expect.objectContaining({
        tlc: 'A2',
        last_name: 'Two',
        phone: '212 555 0111',
        email: 'a2@example.com',
      }),
    ]);
    const status = await send('tlc_license_number,first_name,last_name,status\nA1,Ada,New,ACTIVE\n');
    expect(status.body).toMatchObject({ updated: 1 });
    expect(await drivers()).toMatchObject([{ tlc: 'A1', status: 'ACTIVE' }, {}]);
  });

  const FAULTY = [
    'tlc_license_number,first_name,last_name,email,status',
    'B1,Ada,"Ri',
    'der",,',
    'B1 %,Ada,"Two',
    'lines",,',
    'B2,Ben,,ben.example.com,',
    '',
    'B3,Cid,Good,,',
    'b3,Cid,Again,,',
    'B4,Dan,Rider,,RETIRED',
    'B5,Eve,Rider',
    'B6,=1+1,Rider,,',
  ].join('\r\n');

  it('imports the valid rows and reports the others by line, field, value and reason', async () => {
    const { body } = await send(FAULTY);
    expect(body).toMatchObject({ applied: true, rows: 8, created: 2, rejected: 6, errors_total: 8 });
    expect(body.errors.map(({ line, field, value, code }) => [line, field, value, code])).toEqual([
      // a name cannot contain a line break
      [2, 'last_name', 'Ri\r\nder', 'VALIDATION_FAILED'],
      [4, 'tlc_license_number', 'B1 %', 'VALIDATION_FAILED'],
      [4, 'last_name', 'Two\r\nlines', 'VALIDATION_FAILED'],
      [6, 'last_name', null, 'VALIDATION_FAILED'],
      [6, 'email', 'ben.example.com', 'VALIDATION_FAILED'],
      [9, null, null, 'IMPORT_ROW_DUPLICATE'],
      [10, 'status', 'RETIRED', 'VALIDATION_FAILED'],
      [11, null, null, 'VALIDATION_FAILED'],
    ]);
    expect(body.errors.map(({ reason }) => reason)).toEqual([
      'last_name must be a text of 1 to 100 characters, without control or invisible characters.',
      'tlc_license_number must be 1 to 20 letters, digits or hyphens.',
      'last_name must be a text of 1 to 100 characters, without control or invisible characters.',
      'last_name is missing.',
      'email must be an e-mail address.',
      'B3 is already on line 8.',
      'status must be one of ACTIVE, INACTIVE, SUSPENDED.',
      'The row has 3 cells, but the header has 5.',
    ]);
    expect(await drivers()).toMatchObject([
      { tlc: 'B3', last_name: 'Good' },
      { tlc: 'B6', first_name: '=1+1' },
    ]);
  });

  it('writes nothing in all-or-nothing mode when a row is invalid, and returns an error', async () => {
    await app.as('FINANCE').get('/auth/me');
    const before = await books();
    const rejected = await send(FAULTY, '?all_or_nothing=true');
    const problem = expectProblem(rejected, 400, 'IMPORT_REJECTED');
    expect(problem.detail).toBe(
      'Nothing was imported: 6 of 8 rows cannot be imported, the first on line 2: ' +
        'last_name must be a text of 1 to 100 characters, without control or invisible characters.',
    );
    expect(problem.errors?.[1]).toEqual({
      line: 4,
      field: 'tlc_license_number',
      value: 'B1 %',
      message: 'tlc_license_number must be 1 to 20 letters, digits or hyphens.',
    });
    expect(problem.errors).toHaveLength(8);
    expect(await books()).toEqual(before);
    expect((await send(example('drivers.csv'), '?all_or_nothing=true')).body).toMatchObject({ created: 3 });
  });

  it('reports in a dry run what it would do, and writes nothing', async () => {
    await send(example('drivers.csv'));
    const before = await books();
    const dryRun = await send(FAULTY.replace('B6', '5123456'), '?dry_run=true&all_or_nothing=true');
    expect(dryRun).toMatchObject({
      status: 200,
      body: { dry_run: true, applied: false, created: 1, updated: 1, rejected: 6 },
    });
    expect(dryRun.body.message).toBe(
      'Dry run, nothing was written. Read 8 rows: 1 created, 1 updated, 0 unchanged, 6 rejected. ' +
        'The import would reject the whole file.',
    );
    expect(await books()).toEqual(before);
  });

  it('lists the first thousand errors and counts all', async () => {
    const { body } = await send(`tlc_license_number,first_name,last_name\n${'?,A,B\n'.repeat(2_500)}`);
    expect(body).toMatchObject({ rows: 2_500, rejected: 2_500, errors_total: 2_500 });
    expect(body.errors.map(({ line }) => line)).toEqual(Array.from({ length: 1_000 }, (_, row) => row + 2));
  });

  it('rejects a file with only a header', async () => {
    const problem = expectProblem(
      await send('tlc_license_number,first_name,last_name\n\n'),
      400,
      'IMPORT_FILE_INVALID',
    );
    expect(problem.detail).toBe('The file has a header but no rows.');
  });

  it.each(['?dry_run=true', ''])(
    'names each changed field with its old and new value (%s)',
    async (query) => {
      await send(example('drivers.csv'));
      const { body } = await send(
        'tlc_license_number,first_name,last_name,phone,status\n5123457,María Elena,Cruz,212 555 0199,INACTIVE\n5123458,,Moore,,\n',
        query,
      );
      expect(body).toMatchObject({ updated: 2, changes_total: 4 });
      expect(body.changes).toEqual([
        { line: 2, record: '5123457', field: 'last_name', before: 'de la Cruz', after: 'Cruz' },
        { line: 2, record: '5123457', field: 'phone', before: null, after: '212 555 0199' },
        { line: 2, record: '5123457', field: 'status', before: 'ACTIVE', after: 'INACTIVE' },
        { line: 3, record: '5123458', field: 'last_name', before: "O'Brien, Jr.", after: 'Moore' },
      ]);
    },
  );

  it('lists the first hundred changes and counts all', async () => {
    const header = 'tlc_license_number,first_name,last_name\n';
    const rows = (name: string) => Array.from({ length: 150 }, (_, row) => `C${row},${name},B\n`).join('');
    await send(header + rows('Ana'));
    const { body } = await send(header + rows('Eva'));
    expect(body).toMatchObject({ updated: 150, changes_total: 150 });
    expect(body.changes.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, row) => row + 2));
  });
});

describe('an import concurrent with a form', () => {
  it('updates the driver that the form creates at the same moment', async () => {
    const form = app.db.createQueryRunner();
    await form.startTransaction();
    await form.query(
      `INSERT INTO drivers (tlc_license_number, first_name, last_name, status, created_on, updated_on)
       VALUES ('5123457', 'Maria', 'Cruz', 'ACTIVE', now(), now())`,
    );
    const importing = send(example('drivers.csv'));
    await waitForLockWaiters(app.db, 1);
    await form.commitTransaction();
    await form.release();
    expect((await importing).body).toMatchObject({ created: 2, updated: 1, unchanged: 0, rejected: 0 });
    expect(await drivers()).toContainEqual(
      expect.objectContaining({ tlc: '5123457', first_name: 'María Elena', last_name: 'de la Cruz' }),
    );
  });
});
