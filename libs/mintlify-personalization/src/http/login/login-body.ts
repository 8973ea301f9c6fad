import { HttpStatus } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../errors.js';
import type { RedirectParameters } from '../../redirect/redirect-target.js';
import { RequestRefusedException } from '../handshake.definition.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/** @internal What a route takes in its body. */
export interface BodyRules<Field extends string> {
  /** The option that mounts the route, for messages. */
  readonly option: string;
  readonly fields: readonly Field[];
  /** A body, for messages. */
  readonly example: string;
}

/**
 * Reads `redirect` and `anchor` from the body of a single-page app, which the app's own body parser has parsed.
 *
 * @internal
 * @throws RequestRefusedException 400, which names the field
 * @throws MintlifyPersonalizationError `invalid_option` if the app has no parser for JSON bodies
 */
export function readLoginBody(request: HandshakeRequest): RedirectParameters {
  return readPostBody(request, {
    option: 'handshakes.jwt.singlePageApp',
    fields: ['redirect', 'anchor'],
    example: '{"redirect": "/quickstart"}',
  });
}

/**
 * Reads a body whose fields are strings, which the app's own body parser has parsed.
 *
 * @internal
 * @throws RequestRefusedException 400, which names the field
 * @throws MintlifyPersonalizationError `invalid_option` if the app has no parser for such bodies
 */
export function readPostBody<Field extends string>(
  request: HandshakeRequest,
  { option, fields, example }: BodyRules<Field>,
): Partial<Record<Field, string>> {
  const { body } = request;
  if (body instanceof Uint8Array || (body === undefined && hasBody(request))) throw notParsed(option);
  const isEmpty = readHeader(request, 'content-length') === '0';
  if (isEmpty || typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest(`The body must be a JSON object, such as ${example}.`);
  }
  const unknown = Object.keys(body).find((name) => !(fields as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw badRequest(`${describeField(unknown)} is not allowed. Send ${listNames(fields)}.`);
  const entries = Object.entries(body).map(([name, value]) => [name, readField(name, value)]);
  return Object.fromEntries(entries) as Partial<Record<Field, string>>;
}

function listNames(fields: readonly string[]): string {
  return `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`;
}

function readField(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw badRequest(`${name} must be a string. Leave it out if there is none.`);
}

/** Only what looks like a name is repeated. */
function describeField(name: string): string {
  return /^\w{1,64}$/.test(name) ? `The field ${name}` : 'A field';
}

function hasBody(request: HandshakeRequest): boolean {
  return Number(readHeader(request, 'content-length')) > 0 || readHeader(request, 'transfer-encoding') !== '';
}

/** @internal */
export function badRequest(message: string): RequestRefusedException {
  return new RequestRefusedException(message, HttpStatus.BAD_REQUEST);
}

function notParsed(option: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'invalid_option',
    `${option} needs a parser for JSON bodies, but this app parsed none. Keep the one of Nest (bodyParser: false ` +
      'removes it), or add one for the path of the route.',
  );
}
