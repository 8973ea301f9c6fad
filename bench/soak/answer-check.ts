import { createVerifier } from 'fast-jwt';
import type { SoakRequest, SoakVisitor, VisitorDocs } from './visitors.js';

/** The maximum lifetime of a token (`spec/handshakes.md`, section 2). */
const MAX_SECONDS = 10;

const CALLBACK_PATH = '/login/jwt-callback';

type Payload = Record<string, unknown> & { content?: Record<string, unknown> };
type Verify = (token: string) => Payload;

/** Checks responses against their requests. Verifies tokens with another implementation than the library's. */
export class AnswerCheck {
  readonly #verifiers = new Map<string, Verify>();

  /**
   * Checks a `Location` header, or the body of a user-info response.
   *
   * @returns what is wrong, or `undefined`
   */
  findFault(request: SoakRequest, text: string, receivedAtMs: number): string | undefined {
    try {
      return request.kind === 'login'
        ? this.#findLoginFault(request, text, receivedAtMs / 1_000)
        : findVisitorFault(request.visitor, JSON.parse(text) as Payload);
    } catch (error) {
      return `${request.kind}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #findLoginFault(request: SoakRequest, location: string, receivedAtSeconds: number): string | undefined {
    const { visitor } = request;
    const token = readToken(request, location);
    if (token === undefined) return 'A Location is not the requested page with a token in its fragment.';
    const payload = this.#verifierOf(visitor.docs)(token);
    const { exp } = payload;
    if (typeof exp !== 'number') return 'A token has no exp.';
    if (exp - receivedAtSeconds > MAX_SECONDS) return 'A token is valid for more than ten seconds.';
    if (exp <= receivedAtSeconds) return 'A token had expired when it arrived.';
    if (visitor.docs.mode === 'authentication' && payload.host !== new URL(visitor.docs.origin).host) {
      return 'A token is for another host.';
    }
    return findVisitorFault(visitor, payload);
  }

  #verifierOf({ mode, publicKey }: VisitorDocs): Verify {
    let verify = this.#verifiers.get(publicKey);
    if (verify === undefined) {
      // `exp` is compared with the time when the token arrived, not when it is verified.
      verify = createVerifier({
        key: publicKey,
        algorithms: [mode === 'authentication' ? 'EdDSA' : 'ES256'],
        ignoreExpiration: true,
        cache: false,
      }) as Verify;
      this.#verifiers.set(publicKey, verify);
    }
    return verify;
  }
}

/** The token of a `Location` header, if the rest of the header is exactly as requested. */
function readToken({ visitor, page, anchor }: SoakRequest, location: string): string | undefined {
  const { origin, mode } = visitor.docs;
  const [before, after] = mode === 'authentication' ? privateFrame() : publicFrame();
  if (!location.startsWith(before) || !location.endsWith(after)) return undefined;
  return location.slice(before.length, location.length - after.length);

  function privateFrame(): readonly [string, string] {
    const redirect = anchor === undefined ? page : `${page}#${anchor}`;
    return [`${origin}${CALLBACK_PATH}?redirect=${encodeURIComponent(redirect)}#`, ''];
  }

  function publicFrame(): readonly [string, string] {
    return anchor === undefined ? [`${origin}${page}#`, ''] : [`${origin}${page}#jwt=`, `&anchor=${anchor}`];
  }
}

function findVisitorFault(
  { name, tenantId = 'default' }: SoakVisitor,
  { content }: Payload,
): string | undefined {
  if (content?.tenant !== tenantId) return 'A response is for a visitor of another tenant.';
  if (content.firstName !== name) return 'A response is for another visitor.';
  return undefined;
}
