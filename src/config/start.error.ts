/** The backend cannot start, for a reason that its operator can mend. The message is one line and holds no secret. */
export class StartError extends Error {
  override name = 'StartError';
}
