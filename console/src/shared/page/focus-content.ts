/** Moves the focus to the content of the page, when the control that has it is about to disappear. */
export const focusContent = (): void => document.getElementById('content')?.focus({ preventScroll: true });
