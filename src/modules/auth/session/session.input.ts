export const SESSION_TRANSPORTS = ['body', 'cookie'] as const;

/** How the refresh token is sent: in the bodies, for programs, or in a cookie, for pages in a browser. */
export type SessionTransport = (typeof SESSION_TRANSPORTS)[number];

export interface LoginInput {
  readonly email: string;
  readonly password: string;
  readonly session: SessionTransport;
}

export interface LogoutEverywhereInput {
  readonly session: SessionTransport;
}

/** Identifies a session by its refresh token, from the body or from the cookie. */
export interface RefreshInput {
  readonly refresh_token?: string;
  readonly session: SessionTransport;
}
