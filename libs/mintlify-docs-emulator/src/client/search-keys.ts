/**
 * Tells whether a key opens the search: `/`, unless it is typed into something, or K with Ctrl or Cmd.
 *
 * @example
 * addEventListener('keydown', (event) => { if (isSearchKey(event)) open(); });
 */
export function isSearchKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'k' && !event.shiftKey;
  return event.key === '/' && !isTyping(event.composedPath()[0]);
}

function isTyping(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input, textarea, select, [role="textbox"], [role="combobox"]'))
  );
}
