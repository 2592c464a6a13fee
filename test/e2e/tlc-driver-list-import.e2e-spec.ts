import { aDriver } from '../support/factories.js';
import { example, app, send, drivers, books, useDriverImport } from './support/driver-import-fixture.js';

useDriverImport();

describe('the import of the official TLC driver list', () => {
  it('accepts the list of for-hire drivers, which has one more column', async () => {
    const { body } = await send(
      'License Number,Name,Type,Expiration Date,Wheelchair Accessible Trained,Last Date Updated,Last Time Updated\n' +
        '6000104,"EXAMPLE,ANA",FOR HIRE VEHICLE DRIVER,05/28/2027,WAV,11/02/2025,13:20\n',
    );
    expect(body).toMatchObject({ created: 1, rejected: 0 });
  });

  it('recognises its header, and imports a driver with an expired license as INACTIVE', async () => {
    const { body } = await send(example('medallion-drivers-active.csv'));
    expect(body).toMatchObject({ created: 3, rejected: 0 });
    expect(await drivers()).toMatchObject([
      { tlc: '6000101', first_name: 'SHAHID', last_name: 'EXAMPLE', status: 'ACTIVE' },
      { tlc: '6000102', first_name: 'MOHAMMAD R', last_name: 'SAMPLE', status: 'ACTIVE' },
      { tlc: '6000103', first_name: 'JOSE A', last_name: 'SPECIMEN JR', status: 'INACTIVE' },
    ]);
    const before = await books();
    expect((await send(example('medallion-drivers-active.csv'))).body).toMatchObject({ unchanged: 3 });
    expect(await books()).toEqual(before);
  });

  it('leaves status, phone and the letter case of a known driver unchanged', async () => {
    const stays = { status: 'SUSPENDED', phone: '212 555 0100' } as const;
    await aDriver(app, {
      tlc_license_number: '6000101',
      first_name: 'Shahid',
      last_name: 'Example',
      ...stays,
    });
    await aDriver(app, {
      tlc_license_number: '6000102',
      first_name: 'Mohammad',
      last_name: 'Sample',
      ...stays,
    });
    const { body } = await send(example('medallion-drivers-active.csv'));
    expect(body).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
    expect(await drivers()).toMatchObject([
      { first_name: 'Shahid', last_name: 'Example', ...stays },
      { first_name: 'MOHAMMAD R', last_name: 'SAMPLE', ...stays },
      {},
    ]);
  });

  it('reports errors with the column names of the list', async () => {
    const { body } = await send(
      [
        'license_number,name,type,expiration_date,last_updated_date,last_updated_time',
        '1,",SINGH",X,2027-05-28T00:00:00.000,,',
        '2 2,"SINGH,AMAR",X,2027-05-28T00:00:00.000,,',
        '3,"SINGH,AMAR",X,02/30/2027,,',
        '4,"SINGH,AMAR",X,,,',
        '5,"SINGH,AMAR",X,2027-05-28T00:00:00.000,,',
      ].join('\n'),
    );
    expect(body).toMatchObject({ created: 1, rejected: 4 });
    expect(body.errors.map(({ line, field, value, reason }) => [line, field, value, reason])).toEqual([
      [2, 'Name', ',SINGH', 'Name must be LAST,FIRST or LAST,FIRST,MIDDLE, or only LAST.'],
      [3, 'License Number', '2 2', 'tlc_license_number must be 1 to 20 letters, digits or hyphens.'],
      [
        4,
        'Expiration Date',
        '02/30/2027',
        'Expiration Date must be a valid date in the form YYYY-MM-DD, or MM/DD/YYYY in a file without semicolons.',
      ],
      [5, 'Expiration Date', null, 'Expiration Date is missing.'],
    ]);
  });

  it('accepts a one-word name in either layout, and keeps a first name that a row omits', async () => {
    await aDriver(app, { tlc_license_number: '6000203', first_name: 'Amar', last_name: 'Singh' });
    const city = [
      'License Number,Name,Expiration Date',
      '6000201,SUHARTO,2027-05-28',
      '6000202,"SUKARNO,",2027-05-28',
    ];
    expect((await send(city.join('\n'))).body).toMatchObject({ created: 2, rejected: 0 });
    const fleet = ['tlc_license_number,first_name,last_name', '6000204,,Madonna', '6000203,,Singh-Gill'];
    expect((await send(fleet.join('\n'))).body).toMatchObject({ created: 1, updated: 1, rejected: 0 });
    expect((await send(fleet.join('\n'))).body).toMatchObject({ unchanged: 2 });
    const named = async (number: string): Promise<unknown> => {
      const [driver] = await app.db.query<unknown[]>(
        'SELECT first_name, last_name FROM drivers WHERE tlc_license_number = $1',
        [number],
      );
      return driver;
    };
    expect(await named('6000201')).toEqual({ first_name: '', last_name: 'SUHARTO' });
    expect(await named('6000202')).toEqual({ first_name: '', last_name: 'SUKARNO' });
    expect(await named('6000203')).toEqual({ first_name: 'Amar', last_name: 'Singh-Gill' });
    expect(await named('6000204')).toEqual({ first_name: '', last_name: 'Madonna' });
  });
});
