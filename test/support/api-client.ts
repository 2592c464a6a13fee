import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Headers = Readonly<Record<string, string>>;

export interface ApiAnswer<T> {
  readonly status: number;
  /** The parsed body if the answer is JSON, otherwise its text. */
  readonly body: T;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
}

/**
 * Calls the application without a network. Paths are relative to /api/v1: `get('/loans')`.
 * T is the expected type of the body, such as LoanDetailResponse. Only the assertions of the test check it.
 */
export class ApiClient {
  constructor(
    private readonly app: NestFastifyApplication,
    /** Null for an anonymous caller. */
    readonly accessToken: () => Promise<string | null>,
  ) {}

  get<T = Record<string, unknown>>(path: string, headers?: Headers): Promise<ApiAnswer<T>> {
    return this.send('GET', path, undefined, headers);
  }

  /** @param body a text is sent as a CSV file */
  post<T = Record<string, unknown>>(
    path: string,
    body?: object | string,
    headers?: Headers,
  ): Promise<ApiAnswer<T>> {
    return this.send('POST', path, body, headers);
  }

  put<T = Record<string, unknown>>(path: string, body?: object, headers?: Headers): Promise<ApiAnswer<T>> {
    return this.send('PUT', path, body, headers);
  }

  patch<T = Record<string, unknown>>(path: string, body?: object, headers?: Headers): Promise<ApiAnswer<T>> {
    return this.send('PATCH', path, body, headers);
  }

  delete<T = Record<string, unknown>>(path: string, body?: object, headers?: Headers): Promise<ApiAnswer<T>> {
    return this.send('DELETE', path, body, headers);
  }

  private async send<T>(
    method: Method,
    path: string,
    body: object | string | undefined,
    headers: Headers = {},
  ): Promise<ApiAnswer<T>> {
    const token = await this.accessToken();
    const response = await this.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(typeof body === 'string' ? { 'content-type': 'text/csv' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    const isJson = /\bjson\b/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      body: (isJson ? JSON.parse(response.body) : response.body) as T,
      headers: response.headers,
    };
  }
}
