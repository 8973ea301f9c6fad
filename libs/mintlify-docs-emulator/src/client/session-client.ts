import { isRecord } from '../shared/type-guards.js';
import { readVisitor } from '../shared/visitor-reader.js';
import type { SessionAnswer } from '../shared/visitor-types.js';

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Sends a token to the server for verification. It never rejects: no response, or a malformed one, is returned
 * as a refusal.
 *
 * @param sessionPath the session endpoint, as a path on this origin.
 * @example
 * const answer = await verifyOnServer('/_emulator/session', token);
 */
export async function verifyOnServer(sessionPath: string, token: string): Promise<SessionAnswer> {
  try {
    const response = await fetch(sessionPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    return readAnswer(await response.json());
  } catch {
    const message =
      'The token could not be verified, because the docs emulator did not respond. Check that it is still running.';
    return { refusal: { code: 'no-answer', message } };
  }
}

/**
 * Ends the session on the server.
 *
 * @returns whether it succeeded.
 * @example
 * if (await endSession('/_emulator/session')) location.replace('/');
 */
export async function endSession(sessionPath: string): Promise<boolean> {
  try {
    const response = await fetch(sessionPath, {
      method: 'DELETE',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    return response.ok;
  } catch {
    return false;
  }
}

function readAnswer(answer: unknown): SessionAnswer {
  if (isRecord(answer) && isRecord(answer.refusal)) {
    return { refusal: { code: String(answer.refusal.code), message: String(answer.refusal.message) } };
  }
  const visitor = readVisitor(isRecord(answer) ? answer.visitor : undefined);
  return typeof visitor === 'string' ? { refusal: { code: 'invalid-data', message: visitor } } : { visitor };
}
