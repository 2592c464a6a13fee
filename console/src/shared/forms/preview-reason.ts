/** The reason of a dry run, which the API requires and does not store. */
export const PREVIEW_REASON = 'dry run';
