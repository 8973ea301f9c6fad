import { createVerifier } from 'fast-jwt';
import type { SoakRequest, SoakVisitor, VisitorDocs } from './visitors.js';

/** The most a token may live (`spec/handshakes.md`, section 2). */
const MAX_SECONDS = 10;

const CALLBACK_PATH = '/login/jwt-callback';

type Payload = Record<string, unknown> & { content?: Record<string, unknown> };
type Verify = (token: string) => Payload;

/** Checks answers against what was asked; verifies tokens with another implementation than the library's. */
export class AnswerCheck {
  readonly #verifiers = new Map<string, Verify>();

  /**
   * Checks a `Location`, or the body of a user-info answer.
   *
   * @returns what is wrong, or nothing
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
    if (token === undefined)
      return 'A Location is not the page that was asked for, with a token in its fragment.';
    const payload = this.#verifierOf(visitor.docs)(token);
    const { exp } = payload;
    if (typeof exp !== 'number') return 'A token has no exp.';
    if (exp - receivedAtSeconds > MAX_SECONDS) return 'A token lives for more than ten seconds.';
    if (exp <= receivedAtSeconds) return 'A token had expired when it arrived.';
    if (visitor.docs.mode === 'authentication' && payload.host !== new URL(visitor.docs.origin).host) {
      return 'A token is for another host.';
    }
    return findVisitorFault(visitor, payload);
  }

  #verifierOf({ mode, publicKey }: VisitorDocs): Verify {
    let verify = this.#verifiers.get(publicKey);
    if (verify === undefined) {
      // `exp` is judged by when the token arrived, not by when it is verified.
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

/** The token of a `Location`, where the rest of it is exactly what was asked for. */
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
  if (content?.tenant !== tenantId) return 'A visitor was taken for one of another tenant.';
  if (content.firstName !== name) return 'A visitor was taken for another one.';
  return undefined;
}
