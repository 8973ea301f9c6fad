import { HttpStatus } from '@nestjs/common';
import type { ResolvedHandshakes } from '../../options/handshakes.js';
import type { AuditHandshake } from '../../ports/audit-sink.js';
import { invalidSignature } from '../../webhooks/verify-signature.js';
import type { WebhookFormat } from '../../webhooks/webhook-format.js';
import {
  RequestRefusedException,
  type HandshakeDefinition,
  type HandshakeRefusal,
} from '../handshake.definition.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/**
 * The handshake of a signed webhook: a server asks about a visitor, and proves by a signature who it is.
 *
 * @internal
 * @param name in audit events
 */
export function createWebhookHandshake(
  option: keyof ResolvedHandshakes,
  name: AuditHandshake,
  format: WebhookFormat,
): HandshakeDefinition {
  return Object.freeze<HandshakeDefinition>({
    option,
    isMounted: (handshakes) => handshakes[option] !== false,
    name,
    method: 'POST',
    successStatus: HttpStatus.OK,
    events: { succeeded: 'user_info.served', refused: 'user_info.refused' },
    ignoredHeader: 'cookie',
    checkRequest: (request) => findWebhookRefusal(request, format),
    headers: {
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    cors: undefined,
    hasBearerChallenge: false,
    anonymous: 'unauthorized',
    webhook: format,
  });
}

/** What can be refused by the headers alone, before the body is there. */
function findWebhookRefusal(
  request: HandshakeRequest,
  { signatureHeader, maxBodyBytes }: WebhookFormat,
): HandshakeRefusal | undefined {
  if (readHeader(request, signatureHeader) === '') {
    return invalidSignature(`The header ${signatureHeader} is missing.`);
  }
  if (!/^application\/json *(?:;|$)/i.test(readHeader(request, 'content-type'))) {
    return unsupported('Send the body as Content-Type: application/json.');
  }
  if (!/^(?:identity)?$/i.test(readHeader(request, 'content-encoding'))) {
    return unsupported('Send the body without Content-Encoding.');
  }
  // Absent for a body in chunks, whose bytes are counted as they come.
  if (!(Number(readHeader(request, 'content-length')) > maxBodyBytes)) return undefined;
  return new RequestRefusedException(
    `The body has more than ${maxBodyBytes} bytes.`,
    HttpStatus.PAYLOAD_TOO_LARGE,
  );
}

function unsupported(message: string): RequestRefusedException {
  return new RequestRefusedException(message, HttpStatus.UNSUPPORTED_MEDIA_TYPE);
}
