import type { DocsHandshake } from '../shared/handshake-types.js';

/** The handshake flags, not validated. */
export interface HandshakeFlags {
  handshake?: string;
  'info-api-url'?: string;
  'authorization-url'?: string;
  'client-id'?: string;
  scope?: string[];
  'token-url'?: string;
  'authorization-parameter'?: string[];
}

/** The flags that each handshake requires. The error names the first missing one. */
const REQUIRED_FLAGS = {
  jwt: [],
  'shared-session': ['info-api-url'],
  oauth: ['authorization-url', 'client-id', 'token-url', 'info-api-url'],
} as const;

type HandshakeType = keyof typeof REQUIRED_FLAGS;

/**
 * Reads the handshake flags.
 *
 * @throws TypeError with a one-line message, for an unknown handshake, a missing flag, or a flag of another
 * handshake.
 * @example
 * readHandshakeFlags({ handshake: 'shared-session', 'info-api-url': 'http://localhost:3000/docs/user-info' });
 */
export function readHandshakeFlags({ handshake: type = 'jwt', ...flags }: HandshakeFlags): DocsHandshake {
  if (!isType(type)) {
    throw new TypeError('--handshake must be jwt, shared-session or oauth; see --help.');
  }
  for (const name of REQUIRED_FLAGS[type]) {
    if (flags[name] === undefined) {
      throw new TypeError(`--${name} is missing for --handshake ${type}; see --help.`);
    }
  }
  const optional = type === 'oauth' ? ['scope', 'authorization-parameter'] : [];
  const known = new Set<string>([...REQUIRED_FLAGS[type], ...optional]);
  const unsupported = Object.entries(flags).find(([name, value]) => value !== undefined && !known.has(name));
  if (unsupported) throw new TypeError(`--${unsupported[0]} is not for --handshake ${type}; see --help.`);
  return makeHandshake(type, flags);
}

function makeHandshake(type: HandshakeType, flags: HandshakeFlags): DocsHandshake {
  const { 'info-api-url': infoApiUrl = '', 'token-url': tokenUrl = '' } = flags;
  switch (type) {
    case 'jwt':
      return { type };
    case 'shared-session':
      return { type, infoApiUrl };
    case 'oauth':
      return {
        type,
        authorizationUrl: flags['authorization-url'] ?? '',
        clientId: flags['client-id'] ?? '',
        scopes: (flags.scope ?? []).flatMap((scopes) => scopes.split(' ').filter(Boolean)),
        tokenUrl,
        infoApiUrl,
        authorizationParameters: Object.fromEntries((flags['authorization-parameter'] ?? []).map(readPair)),
      };
  }
}

function readPair(text: string): [string, string] {
  const [name = '', ...rest] = text.split('=');
  if (name !== '' && rest.length > 0) return [name, rest.join('=')];
  throw new TypeError('--authorization-parameter must be NAME=VALUE; see --help.');
}

function isType(type: string): type is HandshakeType {
  return Object.hasOwn(REQUIRED_FLAGS, type);
}
