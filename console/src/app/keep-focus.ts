const OVER_THE_PAGE = '[role=dialog], [role=menu]';

/**
 * Moves the focus to a sensible place when the element that has it is removed: a user of the keyboard or of a screen reader would
 * otherwise start again at the top of the page. The place is the dialog that contained the element; or, if the dialog or menu is
 * closed, the control that opened it; or, if this control is gone too, the heading of the page.
 */
export function keepFocus(): void {
  let focused: Element | null = null;
  /** Of the focused element */
  let dialog: Element | null = null;
  /** The last focused element of the page itself */
  let opener: Element | null = null;

  document.addEventListener('focusin', ({ target }) => {
    focused = target as Element;
    dialog = focused.closest('[role=dialog]');
    if (focused.closest(OVER_THE_PAGE) === null) opener = focused;
  });

  const restore = (): void => {
    const isLost = document.activeElement === document.body && focused?.isConnected === false;
    if (!isLost) return;
    const place = [dialog, opener].find((element) => element?.isConnected);
    focus(place ?? document.querySelector('h1'));
  };
  new MutationObserver(restore).observe(document.body, { childList: true, subtree: true });
}

function focus(element: Element | null): void {
  if (!(element instanceof HTMLElement)) return;
  if (element instanceof HTMLHeadingElement) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
