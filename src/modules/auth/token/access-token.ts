/** Issuer and audience of our access tokens; a token with other values was issued for another purpose. */
export const TOKEN_ISSUER = 'driver-loans';
export const TOKEN_AUDIENCE = 'driver-loans-api';

/** The only algorithm that we sign with and accept; all others, including "none", are rejected. */
export const TOKEN_ALGORITHM = 'HS256';
