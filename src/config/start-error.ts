/** The backend cannot start, for a reason that its operator can fix. The message is one line and holds no secret. */
export class StartError extends Error {
  override name = 'StartError';
}
