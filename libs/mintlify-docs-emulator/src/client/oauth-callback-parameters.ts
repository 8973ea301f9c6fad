/**
 * Takes the query of the callback's address, with code and state, out of the address bar and the history before anything
 * else happens: this module is the first script of the page and imports nothing (handshakes.md, section 5).
 *
 * @example
 * const parameters = takeCallbackParameters();
 */
export function takeCallbackParameters(): URLSearchParams {
  const parameters = new URLSearchParams(location.search);
  if (location.search || location.hash) history.replaceState(history.state, '', location.pathname);
  return parameters;
}

/** What the address held when the page was opened. */
export const callbackParameters: URLSearchParams = takeCallbackParameters();
