/** Who issues our access tokens and for whom: a token that says otherwise was made for something else. */
export const TOKEN_ISSUER = 'driver-loans';
export const TOKEN_AUDIENCE = 'driver-loans-api';

/** The one algorithm that we sign with and accept; "none" and all others are refused. */
export const TOKEN_ALGORITHM = 'HS256';
