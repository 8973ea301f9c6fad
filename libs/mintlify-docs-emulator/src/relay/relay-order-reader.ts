import type { PlaygroundValues, RelayOrder } from '../shared/playground-types.js';
import type { ChosenFile } from '../shared/request-body.js';
import { isRecord } from '../shared/type-guards.js';

const MAX_FILES = 100;
const PLACES = ['server', 'path', 'query', 'header', 'cookie'] as const;

/**
 * Reads what a page asks the relay to send.
 *
 * @returns `undefined` if it is something else.
 * @example
 * readRelayOrder({ page: '/api/list', values: { serverIndex: 0, securityIndex: 0, server: {}, … } });
 */
export function readRelayOrder(data: unknown): RelayOrder | undefined {
  if (!isRecord(data) || typeof data.page !== 'string' || !isRecord(data.values)) return undefined;
  const { serverIndex, securityIndex, mediaType, body, files = [] } = data.values;
  if (!isIndex(serverIndex) || !isIndex(securityIndex)) return undefined;
  if (![mediaType, body].every((each) => each === undefined || typeof each === 'string')) return undefined;
  if (!Array.isArray(files) || files.length > MAX_FILES || !files.every(isFile)) return undefined;
  const values: PlaygroundValues = {
    serverIndex,
    securityIndex,
    server: {},
    path: {},
    query: {},
    header: {},
    cookie: {},
    ...(typeof mediaType === 'string' && { mediaType }),
    ...(typeof body === 'string' && { body }),
    ...(files.length > 0 && { files }),
  };
  for (const place of PLACES) {
    const given = data.values[place];
    if (!isRecord(given) || !Object.values(given).every((each) => typeof each === 'string')) return undefined;
    values[place] = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  }
  return { page: data.page, values };
}

function isFile(value: unknown): value is ChosenFile {
  if (!isRecord(value)) return false;
  const { field, name, mediaType, base64 } = value;
  if (![field, name, mediaType, base64].every((each) => typeof each === 'string')) return false;
  // Of the alphabet alone (RFC 4648, section 4), so that it can be decoded.
  const text = String(base64);
  return text.length % 4 === 0 && !/[^A-Za-z\d+/]/.test(text.replace(/={1,2}$/, ''));
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= -1 && Number(value) < 1_000;
}
