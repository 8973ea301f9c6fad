import type { PlaygroundValues, RelayOrder } from '../shared/playground-types.js';
import { isRecord } from '../shared/type-guards.js';

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
  const { serverIndex, securityIndex, mediaType, body } = data.values;
  if (!isIndex(serverIndex) || !isIndex(securityIndex)) return undefined;
  if (![mediaType, body].every((each) => each === undefined || typeof each === 'string')) return undefined;
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
  };
  for (const place of PLACES) {
    const given = data.values[place];
    if (!isRecord(given) || !Object.values(given).every((each) => typeof each === 'string')) return undefined;
    values[place] = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  }
  return { page: data.page, values };
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= -1 && Number(value) < 1_000;
}
