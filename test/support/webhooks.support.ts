import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export const SCALAR_PATH = '/docs/scalar-user-info';
export const SCALAR_SECRET = 'whsec_0123456789abcdef0123456789abcdef';

/** What a sender signs, and with what. */
export interface Signing {
  /** Several while the sender rotates them. */
  readonly secrets?: readonly string[];
  /** Seconds since the epoch. Default: that in the body, or now. */
  readonly timestamp?: number;
}

/** A signature header, by another implementation of HMAC-SHA256 than the one that verifies it. */
export function signBody(
  body: string | Uint8Array,
  { secrets = [SCALAR_SECRET], timestamp = timestampOf(body) }: Signing = {},
): string {
  const bytes = typeof body === 'string' ? utf8ToBytes(body) : body;
  const message = concatBytes(utf8ToBytes(`${timestamp}.`), bytes);
  const signatures = secrets.map((secret) => bytesToHex(hmac(sha256, utf8ToBytes(secret), message)));
  return [`t=${timestamp}`, ...signatures.map((signature) => `v1=${signature}`)].join(',');
}

/** What Scalar asks about a visitor. Its spaces are no accident: who serializes it again gets other bytes. */
export function scalarBody(email: string, changes: object = {}): string {
  const timestamp = Math.floor(Date.now() / 1_000);
  const question = {
    type: 'user.info',
    email,
    host: 'docs.acme.example',
    project: { uid: 'p-1' },
    timestamp,
  };
  return JSON.stringify({ ...question, ...changes }, undefined, 1);
}

/** An answer, read to its end. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: unknown;
}

/** How a body is sent. */
export interface Sending {
  readonly path?: string;
  /** Beside `Content-Type` and the signature, or instead of them. */
  readonly headers?: Record<string, string>;
  /** In chunks of one byte each, and without `Content-Length`. */
  readonly isChunked?: boolean;
}

/** Sends exact bytes. */
export function postBytes(
  { port }: { readonly port: number },
  body: string | Uint8Array,
  { path = SCALAR_PATH, headers = {}, isChunked = false }: Sending,
): Promise<WebhookAnswer> {
  const bytes = Buffer.from(body as Uint8Array);
  const length = isChunked ? {} : { 'Content-Length': String(bytes.length) };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...length, ...headers },
      },
      (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        text(response).then(
          (answer) => resolve({ status, headers: answered, text: answer, body: parse(answer) }),
          reject,
        );
      },
    );
    sent.on('error', reject);
    if (isChunked) for (const byte of bytes) sent.write(Buffer.of(byte));
    sent.end(isChunked ? undefined : bytes);
  });
}

/** Sends what Scalar sends, with a valid signature unless the headers have another. */
export function postScalar(
  host: { readonly port: number },
  body: string | Uint8Array,
  { headers = {}, ...sending }: Sending = {},
): Promise<WebhookAnswer> {
  return postBytes(host, body, {
    ...sending,
    headers: {
      'User-Agent': 'Scalar-UserInfo/1',
      'scalar-event': 'user.info',
      'scalar-signature': signBody(body),
      ...headers,
    },
  });
}

function timestampOf(body: string | Uint8Array): number {
  const [, timestamp = Math.floor(Date.now() / 1_000)] = /"timestamp": ?(\d+)/.exec(String(body)) ?? [];
  return Number(timestamp);
}

function parse(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}
