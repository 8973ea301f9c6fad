/**
 * Takes the query of the callback URL, with code and state, and removes it from the address bar and the history
 * before anything else runs. This module is the first script of the page and has no imports (handshakes.md,
 * section 5).
 *
 * @example
 * const parameters = takeCallbackParameters();
 */
export function takeCallbackParameters(): URLSearchParams {
  const parameters = new URLSearchParams(location.search);
  if (location.search || location.hash) history.replaceState(history.state, '', location.pathname);
  return parameters;
}

/** The query of the URL when the page was opened. */
export const callbackParameters: URLSearchParams = takeCallbackParameters();
