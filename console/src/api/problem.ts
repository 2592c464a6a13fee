import type { components } from './schema';

type ProblemDocument = components['schemas']['Problem'];

/** An error of the API (RFC 9457), or the reason why a request had no answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** 0 if there was no answer */
    readonly status: number,
    readonly code: string,
    /** A message for the user; '' if there was no answer, then the page has its own text */
    readonly detail: string,
    readonly requestId: string | null = null,
    readonly errors: readonly { readonly field: string; readonly message: string }[] = [],
  ) {
    super(detail || code);
  }

  /** The message for a field of the form. */
  fieldError(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }
}

export const NO_ANSWER = 'NO_ANSWER';

/** A write without an answer. It is unknown whether it was applied; sending it again applies it only once. */
export const WRITE_UNANSWERED = 'WRITE_UNANSWERED';

/** The file was changed or deleted after the user chose it. Browsers do not read such a file. */
export const FILE_UNREADABLE = 'FILE_UNREADABLE';

/** The preview that the user confirmed is out of date. Nothing was sent. */
export const PREVIEW_CHANGED = 'PREVIEW_CHANGED';

/** The body can be from a proxy, for example HTML. */
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

export function asProblem(error: unknown, fallbackCode = NO_ANSWER): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(0, fallbackCode, '');
}
