import type { Problem } from '../../src/platform/http/errors/problem.js';
import type { ApiAnswer } from './api-client.js';

/** What an answer must never contain: a stack trace, our file names, SQL, or names of the database driver. */
const INTERNAL_DETAILS =
  /\bat .+:\d+:\d+|node_modules|\.(js|ts)\b|\bSELECT\b|\bINSERT\b|\bUPDATE\b|constraint|relation "|QueryFailed/;

/** Expects a problem of RFC 9457 with all our members, and returns it for further assertions. */
export function expectProblem(answer: ApiAnswer<unknown>, status: number, code: string): Problem {
  expect(answer).toMatchObject({ status, body: { status, code } });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json\b/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const problem = answer.body as Problem;
  expect(problem).toEqual({
    type: `urn:driver-loans:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.stringMatching(/^[A-Z][\w ]+$/),
    status,
    detail: expect.stringMatching(/\S.*\.$/s),
    code,
    ...(problem.errors ? { errors: expect.any(Array) } : {}),
    request_id: answer.headers['x-request-id'],
  });
  expect(problem.request_id).toMatch(/^[\w.:-]{8,100}$/);
  expect(JSON.stringify(problem)).not.toMatch(INTERNAL_DETAILS);
  return problem;
}

/** Expects a validation problem that names exactly these fields. */
export function expectFieldErrors(answer: ApiAnswer<unknown>, ...fields: string[]): Problem {
  const problem = expectProblem(answer, 400, 'VALIDATION_FAILED');
  expect(fieldsOf(problem).toSorted()).toEqual(fields.toSorted());
  return problem;
}

export function fieldsOf(problem: Problem): string[] {
  return (problem.errors ?? []).map(({ field }) => field);
}
