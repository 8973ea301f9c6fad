import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { parseUrl } from '../urls/parse-url.js';
import { StartError } from './start-error.js';

const MIN_SECRET_LENGTH = 32;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads a port. Each reader in this file throws a {@link StartError} that names the variable and says how to fix it. */
export function readPort(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new StartError(
    `${name} is not a port. Set it to a whole number from 1 to 65535, such as ${fallback}.`,
  );
}

/** Reads a limit: a whole number from 1 to 1,000,000. */
export function readLimit(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const limit = Number(value);
  if (/^\d{1,7}$/.test(value) && limit >= 1 && limit <= 1_000_000) return limit;
  throw new StartError(
    `${name} is not a valid limit. Set it to a whole number from 1 to 1000000, such as ${fallback}.`,
  );
}

/** Reads the address to listen on: an IP address of this machine, or a host name. */
export function readHost(name: string, value: string | undefined, fallback: string): string {
  if (value === undefined) return fallback;
  if (isIP(value) !== 0 || /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i.test(value)) return value;
  throw new StartError(
    `${name} is not an address to listen on. Set it to an IP address or host name, such as 0.0.0.0 for all interfaces.`,
  );
}

/** Reads 0 or 1. */
export function readSwitch(name: string, value: string | undefined, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (value === '0' || value === '1') return value === '1';
  throw new StartError(`${name} is neither 0 nor 1. Set it to one of them.`);
}

/** Reads one of several values; the first is the default. */
export function readChoice<Choice extends string>(
  name: string,
  value: string | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (value === undefined) return choices[0];
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw new StartError(`${name} has an unknown value. Set it to one of: ${choices.join(', ')}.`);
}

/** Reads a comma-separated list of addresses and subnets. */
export function readNetworks(name: string, value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const networks = value.split(',').map((network) => network.trim());
  if (networks.every(isNetwork)) return networks;
  throw new StartError(
    `${name} is not a list of addresses. Separate them with commas: 10.0.0.0/8, 192.168.1.7.`,
  );
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  if (isIP(address) === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits);
}

/** Reads a URL with one of the schemes, given with their colon. */
export function readUrl(
  name: string,
  value: string | undefined,
  schemes: string[],
  example: string,
): string | undefined {
  if (value === undefined) return undefined;
  if (schemes.includes(parseUrl(value)?.protocol ?? '')) return value;
  throw new StartError(`${name} is not a valid URL. Set it to one like ${example}.`);
}

/** Reads an origin: scheme, host and port. */
export function readOrigin(name: string, value: string | undefined, example: string): string | undefined {
  const url = readUrl(name, value, ['https:', 'http:'], example);
  if (url === undefined) return undefined;
  const { origin, href } = new URL(url);
  if (href === `${origin}/`) return origin;
  throw new StartError(`${name} has more than scheme, host and port. Set it to ${origin}.`);
}

/** Reads an origin that uses `https`, or `http` on localhost. */
export function readLocalOrSecureOrigin(
  name: string,
  value: string | undefined,
  example: string,
): string | undefined {
  const origin = readOrigin(name, value, example);
  if (origin === undefined || origin.startsWith('https:') || LOOPBACK.has(new URL(origin).hostname)) {
    return origin;
  }
  throw new StartError(
    `${name} uses http, which would expose tokens on the network. Set it to an https URL like ${example}.`,
  );
}

/** Reads a secret that is too long to guess. */
export function readSecret(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value.length >= MIN_SECRET_LENGTH) return value;
  throw new StartError(
    `${name} is shorter than ${MIN_SECRET_LENGTH} characters and could be guessed. Generate one with: openssl rand -base64 32`,
  );
}

/** Generates a secret for this run. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
