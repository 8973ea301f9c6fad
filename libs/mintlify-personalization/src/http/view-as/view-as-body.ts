import type { HandshakeRequest } from '../handshake-request.js';
import { badRequest, readPostBody } from '../login/login-body.js';
import { findReasonMistake, findSubjectMistake } from '../../view-as/view-as-mistakes.js';

/** @internal What a page of the host app sends. */
export interface ViewAsBody {
  readonly subject: string;
  readonly reason: string;
  readonly redirect?: string;
  readonly anchor?: string;
}

/**
 * Reads the body of a script or a form, which the app's own body parser has parsed.
 *
 * @internal
 * @throws RequestRefusedException 400, which names the field
 * @throws MintlifyPersonalizationError `invalid_option` if the app has no parser for such bodies
 */
export function readViewAsBody(request: HandshakeRequest): ViewAsBody {
  const { subject, reason, ...parameters } = readPostBody(request, {
    option: 'handshakes.viewAs',
    fields: ['subject', 'reason', 'redirect', 'anchor'],
    example: '{"subject": "account-1", "reason": "Ticket 7"}',
  });
  const mistake = findSubjectMistake(subject) ?? findReasonMistake(reason);
  if (mistake !== undefined) throw badRequest(mistake);
  return { subject: subject as string, reason: reason as string, ...parameters };
}
