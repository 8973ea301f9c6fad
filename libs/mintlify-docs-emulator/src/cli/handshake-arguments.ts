import type { DocsHandshake, GroupsClaim, OAuthHandshake } from '../shared/handshake-types.js';

/** The handshake flags, not validated. */
export interface HandshakeFlags {
  handshake?: string;
  'info-api-url'?: string;
  'authorization-url'?: string;
  'client-id'?: string;
  scope?: string[];
  'token-url'?: string;
  'authorization-parameter'?: string[];
  'groups-from'?: string;
  'groups-claim'?: string;
  'groups-delimiter'?: string;
}

/** The flags that each handshake requires. The error names the first missing one. */
const REQUIRED_FLAGS = {
  jwt: [],
  'shared-session': ['info-api-url'],
  oauth: ['authorization-url', 'client-id', 'token-url', 'info-api-url'],
} as const;

const OPTIONAL_FLAGS = [
  'scope',
  'authorization-parameter',
  'groups-from',
  'groups-claim',
  'groups-delimiter',
];

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
  const isFromClaims = type === 'oauth' && flags['groups-from'] !== undefined;
  for (const name of REQUIRED_FLAGS[type]) {
    if (flags[name] === undefined && !(isFromClaims && name === 'info-api-url')) {
      throw new TypeError(`--${name} is missing for --handshake ${type}; see --help.`);
    }
  }
  const optional = type === 'oauth' ? OPTIONAL_FLAGS : [];
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
        ...readSource(flags),
        authorizationParameters: Object.fromEntries((flags['authorization-parameter'] ?? []).map(readPair)),
      };
  }
}

/** The Info API, or a claim of a token. Not validated. */
function readSource(flags: HandshakeFlags): Pick<OAuthHandshake, 'infoApiUrl' | 'claims'> {
  const { 'info-api-url': infoApiUrl, 'groups-from': source } = flags;
  const { 'groups-claim': groupsClaim, 'groups-delimiter': groupsDelimiter } = flags;
  if (source === undefined) {
    const misplaced = groupsClaim === undefined ? groupsDelimiter : groupsClaim;
    if (misplaced === undefined) return { infoApiUrl: infoApiUrl ?? '' };
    throw new TypeError('--groups-from is missing: id_token or access_token; see --help.');
  }
  const claims = {
    source: source as GroupsClaim['source'],
    ...(groupsClaim !== undefined && { groupsClaim }),
    ...(groupsDelimiter !== undefined && { groupsDelimiter }),
  };
  return { ...(infoApiUrl !== undefined && { infoApiUrl }), claims };
}

function readPair(text: string): [string, string] {
  const [name = '', ...rest] = text.split('=');
  if (name !== '' && rest.length > 0) return [name, rest.join('=')];
  throw new TypeError('--authorization-parameter must be NAME=VALUE; see --help.');
}

function isType(type: string): type is HandshakeType {
  return Object.hasOwn(REQUIRED_FLAGS, type);
}
