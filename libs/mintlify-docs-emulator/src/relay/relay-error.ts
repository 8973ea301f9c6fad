/** The relay got no response from the API. The message is for the page to show. */
export class RelayError extends Error {
  override name = 'RelayError';

  /** @param code such as `address`, `time` or `connection`. */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
