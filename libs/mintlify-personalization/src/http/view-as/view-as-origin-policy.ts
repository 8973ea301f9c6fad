import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../errors.js';
import { isSerializedOrigin } from '../../options/docs-origins.js';
import { createOriginCheck } from '../../options/page-origins.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../../options/handshakes.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readOrigin } from '../handshake-request.js';

/**
 * Decides which pages may start a visit as another person: those of `handshakes.viewAs.origins`, compared byte for byte
 * or by the app's function. Unlike a login, it is refused without an origin too.
 *
 * @internal
 */
@Injectable()
export class ViewAsOriginPolicy {
  readonly #isAllowed: ReturnType<typeof createOriginCheck>;

  constructor(@Inject(RESOLVED_HANDSHAKES) { viewAs }: ResolvedHandshakes) {
    this.#isAllowed = createOriginCheck(viewAs === false ? [] : viewAs.origins);
  }

  /** @returns `origin_not_allowed` for a page of any other origin, and for a request without one */
  checkRequest(exchange: HandshakeExchange): MintlifyPersonalizationError | undefined {
    const origin = readOrigin(exchange.request);
    try {
      if (!this.#isAllowed(origin)) return viewAsOriginNotAllowed(origin);
    } catch (cause) {
      return viewAsOriginNotAllowed(origin, cause);
    }
    exchange.allowedOrigin = origin;
    return undefined;
  }
}

/** The message contains the origin if it is valid, so that the log says what to add. */
function viewAsOriginNotAllowed(origin: string | undefined, cause?: unknown): MintlifyPersonalizationError {
  const isValid = origin !== undefined && isSerializedOrigin(origin);
  return new MintlifyPersonalizationError(
    'origin_not_allowed',
    `${isValid ? `Origin ${origin}` : 'A request without a valid Origin'} is not allowed to view the docs as another ` +
      'person. If it is your page, add its origin to handshakes.viewAs.origins, and let its Referrer-Policy not be ' +
      'no-referrer, which hides the origin of a form.',
    cause === undefined ? {} : { cause },
  );
}
