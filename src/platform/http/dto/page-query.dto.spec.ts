import { validationPipe } from '../body/validation.js';
import { PageQueryDto } from './page-query.dto.js';

const pipe = validationPipe();
const read = (query: object) => pipe.transform(query, { type: 'query', metatype: PageQueryDto });

describe('the page query of a list', () => {
  it('has 50 rows of the first page, newest first, by default', async () => {
    await expect(read({})).resolves.toEqual({ page: 1, page_size: 50, sort_order: 'desc' });
  });

  it.each([
    [
      { page: '1', page_size: '1', sort_order: 'asc' },
      { page: 1, page_size: 1, sort_order: 'asc' },
    ],
    [
      { page: '1000000', page_size: '500', sort_order: 'desc' },
      { page: 1_000_000, page_size: 500, sort_order: 'desc' },
    ],
  ])('can be %j', async (query, page) => {
    await expect(read(query)).resolves.toEqual(page);
  });

  const PAGE = 'page must be a whole number from 1 to 1000000';
  const SIZE = 'page_size must be a whole number from 1 to 500';

  it.each([
    [{ page: '0' }, PAGE],
    [{ page: '-1' }, PAGE],
    [{ page: 'first' }, PAGE],
    [{ page: '' }, PAGE],
    [{ page: ['1', '2'] }, PAGE],
    [{ page: '1000001' }, PAGE],
    [{ page_size: '0' }, SIZE],
    [{ page_size: '501' }, SIZE],
    [{ page_size: '5.5' }, SIZE],
    [{ page_size: '1e2' }, SIZE],
    [{ sort_order: 'ASC' }, 'sort_order must be one of asc, desc'],
    [{ sort_order: 'desc; DROP TABLE loans' }, 'sort_order must be one of asc, desc'],
    [{ offset: '5' }, 'offset is not a field of this request'],
  ])('cannot be %j', async (query, message) => {
    await expect(read(query)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: Object.keys(query)[0], message }],
    });
  });
});
