/** The backend cannot start for a reason that the operator can fix. The message is one line without secrets. */
export class StartError extends Error {
  override name = 'StartError';
}
