import type { components } from './schema';

type ProblemDocument = components['schemas']['Problem'];

/** Every refusal of the API (RFC 9457), and what kept a request from reaching it, in one shape. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** 0 where no answer came */
    readonly status: number,
    readonly code: string,
    /** One sentence a clerk understands; empty where no answer came, and the page says it in its own language */
    readonly detail: string,
    readonly requestId: string | null = null,
    readonly errors: readonly { readonly field: string; readonly message: string }[] = [],
  ) {
    super(detail || code);
  }

  /** The sentence about one field of the form, if the refusal has one. */
  fieldError(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }
}

export const NO_ANSWER = 'NO_ANSWER';

/** A write that got no answer: whether it is done is not known, and sending it again does it once. */
export const WRITE_UNANSWERED = 'WRITE_UNANSWERED';

/** A file that was chosen is not what it was then, or is gone: browsers give it to nobody any more. */
export const FILE_UNREADABLE = 'FILE_UNREADABLE';

/** A refusal's body need not be ours: a proxy on the way answers in HTML. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const requestId = response.headers.get('x-request-id');
  try {
    const problem = (await response.json()) as Partial<ProblemDocument>;
    return new ApiProblem(
      response.status,
      problem.code ?? 'UNREADABLE',
      problem.detail ?? '',
      problem.request_id ?? requestId,
      problem.errors ?? [],
    );
  } catch {
    return new ApiProblem(response.status, 'UNREADABLE', '', requestId);
  }
}

export function asProblem(error: unknown, otherwise = NO_ANSWER): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(0, otherwise, '');
}
