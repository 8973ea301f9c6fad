import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { HttpStatus } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../errors.js';
import { RequestRefusedException } from '../handshake.definition.js';
import { rawRequestOf, type HandshakeRequest } from '../handshake-request.js';

/**
 * The bytes of a body as they come in, for a signature. It copies what Node, or a serverless adapter, pushes into the
 * request: the parser of the host app reads the body as always, with or without `rawBody`. If no parser does, `read()`
 * reads it.
 *
 * @internal
 */
export class RawBody {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Whether bytes came before this object did: then what it has is no whole body. */
  readonly #isLate: boolean;
  #isComplete = false;

  /** Starts to copy. Call it before anything reads the request. */
  constructor(request: IncomingMessage, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#isLate = request.readableDidRead || request.readableEnded || request.readableLength > 0;
    const push = request.push.bind(request);
    request.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
      this.#add(chunk, encoding);
      return push(chunk, encoding);
    };
  }

  /**
   * The whole body.
   *
   * @param option the option that mounts the route, for messages
   * @throws RequestRefusedException 413
   * @throws MintlifyPersonalizationError `invalid_option` if the bytes are gone
   */
  async read(request: HandshakeRequest, option: string, signal: AbortSignal): Promise<Buffer> {
    if (this.#isLate) return this.#bounded(readKept(request) ?? fail(option));
    const raw = rawRequestOf(request);
    if (!this.#isComplete) {
      // No parser of the app takes it.
      raw.resume();
      await finished(raw, { writable: false, signal });
    }
    if (this.#bytes > this.#maxBytes) throw tooLarge(this.#maxBytes);
    return Buffer.concat(this.#chunks);
  }

  #add(chunk: unknown, encoding?: BufferEncoding): void {
    if (chunk === null) {
      this.#isComplete = true;
      return;
    }
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk as Uint8Array);
    this.#bytes += bytes.length;
    // Counted on, and no longer kept.
    if (this.#bytes > this.#maxBytes) this.#chunks = [];
    else this.#chunks.push(bytes);
  }

  #bounded(body: Buffer): Buffer {
    if (body.length > this.#maxBytes) throw tooLarge(this.#maxBytes);
    return body;
  }
}

/** What the app kept of a body that was read before this library was asked: `rawBody: true`, or a host such as Firebase. */
function readKept(request: HandshakeRequest): Buffer | undefined {
  const { rawBody } = request as { rawBody?: unknown };
  const kept = rawBody ?? (rawRequestOf(request) as { rawBody?: unknown }).rawBody ?? request.body;
  return kept instanceof Uint8Array ? Buffer.from(kept) : undefined;
}

function tooLarge(maxBytes: number): RequestRefusedException {
  return new RequestRefusedException(
    `The body has more than ${maxBytes} bytes.`,
    HttpStatus.PAYLOAD_TOO_LARGE,
  );
}

function fail(option: string): never {
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} needs the body as it was sent, and this app read it before. Create the app with rawBody: true, or let ` +
      'nothing read the body before Nest does.',
  );
}
