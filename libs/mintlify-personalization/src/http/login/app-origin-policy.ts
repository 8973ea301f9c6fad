import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../errors.js';
import { isSerializedOrigin } from '../../options/docs-origins.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../../options/handshakes.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readHeader, readOrigin } from '../handshake-request.js';

/**
 * Decides which pages may log visitors in by `POST`: those of `singlePageApp.origins`, compared byte for byte, and those
 * of the API's own origin.
 *
 * @internal
 */
@Injectable()
export class AppOriginPolicy {
  readonly #origins: ReadonlySet<string>;

  constructor(@Inject(RESOLVED_HANDSHAKES) { jwt }: ResolvedHandshakes) {
    this.#origins = new Set(jwt === false ? [] : jwt.singlePageApp?.origins);
  }

  /**
   * Checks the origin of a request. The own origin is known by `Sec-Fetch-Site`, which pages cannot set (Fetch Metadata,
   * section 2.3), and not by `Host`. A program that is no browser sends no origin.
   *
   * @returns `origin_not_allowed` for a page of any other origin
   */
  checkRequest(exchange: HandshakeExchange): MintlifyPersonalizationError | undefined {
    const { request } = exchange;
    const origin = readOrigin(request);
    if (origin !== undefined && this.#origins.has(origin)) {
      exchange.allowedOrigin = origin;
      return undefined;
    }
    const site = readHeader(request, 'sec-fetch-site').toLowerCase();
    const isAllowed = site === 'same-origin' || (origin === undefined && (site === '' || site === 'none'));
    return isAllowed ? undefined : appOriginNotAllowed(origin);
  }
}

/** The message contains the origin if it is valid, so that the log says what to add. */
function appOriginNotAllowed(origin: string | undefined): MintlifyPersonalizationError {
  const what =
    origin !== undefined && isSerializedOrigin(origin) ? `Origin ${origin}` : 'A page of unknown origin';
  return new MintlifyPersonalizationError(
    'origin_not_allowed',
    `${what} is not allowed to log in to the docs by POST. If it is your app, add it to ` +
      'handshakes.jwt.singlePageApp.origins.',
  );
}
