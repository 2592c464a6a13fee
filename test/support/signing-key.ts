/** Signs the tokens in all test processes. It is random enough for production mode. */
export const SIGNING_KEY = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
