import { createSecretKey, type KeyObject } from 'node:crypto';
import type { DiscoverySettings } from '../ports/docs-site-options.js';
import { invalidOptionError } from './invalid-option-error.js';
import { resolveTable, type OptionRule, type OptionTable, type ResolvedTable } from './option-table.js';
import { parseUrl } from './parse-url.js';

const DEFAULT_BASE_URL = 'https://api.mintlify.com/discovery';
const DOMAIN = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const API_KEY = /^mint_dsc_[\w.~+/=-]{1,500}$/;
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const DISCOVERY = {
  domain: { check: checkDomain },
  apiKey: { check: checkApiKey },
  baseUrl: { defaultValue: DEFAULT_BASE_URL, check: checkBaseUrl },
} as const satisfies OptionTable<keyof DiscoverySettings, unknown>;

/** @internal All defaults filled in. Frozen. The key is a `KeyObject`, so that printing it does not show it. */
export type ResolvedDiscoverySettings = ResolvedTable<typeof DISCOVERY>;

/** @internal The option `discovery` of a docs site. */
export const DISCOVERY_OPTION: OptionRule<ResolvedDiscoverySettings | undefined, unknown> = Object.freeze({
  check: (option: string, value: unknown) =>
    value === undefined ? undefined : resolveTable(option, value, DISCOVERY, undefined),
});

function checkDomain(option: string, domain: unknown): string {
  if (typeof domain === 'string' && DOMAIN.test(domain)) return domain;
  throw invalidOptionError(
    option,
    domain === undefined
      ? 'is missing'
      : 'is not a domain identifier: letters, digits and hyphens, 63 characters at most',
    "Set it to the last part of the URL of the docs site's dashboard.",
  );
}

/** Never quoted, not even a part of it. */
function checkApiKey(option: string, apiKey: unknown): KeyObject {
  if (typeof apiKey === 'string' && API_KEY.test(apiKey)) return createSecretKey(Buffer.from(apiKey));
  throw invalidOptionError(
    option,
    apiKey === undefined ? 'is missing' : 'is not an assistant API key: those start with mint_dsc_',
    'Create one on the page "API keys" of the dashboard, and read it from the environment.',
  );
}

function checkBaseUrl(option: string, value: unknown): string {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url !== undefined && isSecure && isPlain) return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  throw invalidOptionError(
    option,
    'must be an https URL (http on this machine) without credentials, query and fragment',
    `Leave it out for "${DEFAULT_BASE_URL}".`,
  );
}
