import type { SecurityAlternative, SecurityField } from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { textOf } from './operation-parts.js';
import type { Spec } from './spec.js';

const TYPES = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] as const;
const PLACES = ['query', 'header', 'cookie'] as const;

/**
 * The ways to prove who the caller is: those of the operation, or else those of the spec. Schemes that the spec does
 * not have are left out.
 *
 * @example
 * readSecurity(spec, operation.security); // [{ fields: [{ scheme: 'bearerAuth', in: 'header', name: 'Authorization', … }] }]
 */
export function readSecurity(spec: Spec, own: unknown): SecurityAlternative[] {
  const list = Array.isArray(own) ? own : spec.document.security;
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((requirement) => ({
    fields: Object.keys(requirement).flatMap((name) => readField(spec, name)),
  }));
}

/** The scheme that a requirement names. @example schemeOf(spec, 'bearerAuth'); */
export function schemeOf(spec: Spec, name: string): Record<string, unknown> | undefined {
  const { components } = spec.document;
  const schemes =
    isRecord(components) && isRecord(components.securitySchemes) ? components.securitySchemes : {};
  return Object.hasOwn(schemes, name) ? spec.resolve(schemes[name]) : undefined;
}

function readField(spec: Spec, scheme: string): SecurityField[] {
  const written = schemeOf(spec, scheme);
  const type = TYPES.find((each) => each === written?.type);
  if (!written || !type) return [];
  const rest = { ...textOf('description', written.description), ...textOf('default', written['x-default']) };
  if (type === 'apiKey') {
    const place = PLACES.find((each) => each === written.in);
    if (!place || typeof written.name !== 'string') return [];
    return [{ scheme, type, in: place, name: written.name, ...rest }];
  }
  const httpScheme = typeof written.scheme === 'string' ? written.scheme.toLowerCase() : 'bearer';
  return [
    {
      scheme,
      type,
      ...(type === 'http' && { httpScheme }),
      in: 'header',
      name: 'Authorization',
      ...(type !== 'mutualTLS' && { prefix: prefixOf(type === 'http' ? httpScheme : 'bearer') }),
      ...rest,
    },
  ];
}

function prefixOf(httpScheme: string): string {
  return `${httpScheme.charAt(0).toUpperCase()}${httpScheme.slice(1)} `;
}
