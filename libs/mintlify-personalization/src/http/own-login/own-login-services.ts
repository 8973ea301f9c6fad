import { MintlifyPersonalizationError } from '../../errors.js';
import type { HandshakeServices } from '../handshake-services.js';

/**
 * The services, in a module that sees them. Nest would only name a class that users of `@DocsLogin()` have never seen.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function requireServices(services: HandshakeServices | null | undefined): HandshakeServices {
  if (services) return services;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    '@DocsLogin() is on a route of a module that does not import MintlifyPersonalizationModule. Import it there, or set ' +
      'isGlobal: true.',
  );
}
