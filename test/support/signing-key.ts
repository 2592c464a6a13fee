/** Signs the tokens of the tests, in every process of theirs; no placeholder, so that production takes it too. */
export const SIGNING_KEY = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
