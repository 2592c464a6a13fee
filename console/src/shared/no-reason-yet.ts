/** Stands in for the reason while one is still typing it: a dry run keeps none. */
export const NO_REASON_YET = 'dry run';
