import { RELAY_HEADER } from '../shared/playground-types.js';
import type { RelayAnswer, RelayOrder } from '../shared/playground-types.js';
import { isRecord } from '../shared/type-guards.js';

/**
 * Asks the relay to send a request. It never rejects, except when it is aborted: no response, or a malformed one, is
 * returned as a refusal.
 *
 * @param relayPath the relay, as a path on this origin.
 * @throws the reason of `signal` when it is aborted.
 * @example
 * const answer = await sendByRelay(pageData.playground.relayPath, { page, values }, signal);
 */
export async function sendByRelay(
  relayPath: string,
  order: RelayOrder,
  signal: AbortSignal,
): Promise<RelayAnswer> {
  try {
    const response = await fetch(relayPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [RELAY_HEADER]: 'relay' },
      body: JSON.stringify(order),
      signal,
    });
    const answer: unknown = await response.json();
    if (isRecord(answer) && (isRecord(answer.response) || isRecord(answer.refusal)))
      return answer as RelayAnswer;
  } catch {
    signal.throwIfAborted();
  }
  const message = 'The docs emulator did not respond. Check that it is still running.';
  return { refusal: { code: 'no-answer', message } };
}
