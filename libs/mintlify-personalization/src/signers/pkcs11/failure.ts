import { describeError, ServiceFailure } from '../service/service-failure.js';

const NAME = /^CKR_[A-Z0-9_]{1,60}$/;
/** What another try would only repeat; and a wrong PIN, tried too often, locks the token. */
const PERMANENT =
  /^CKR_(PIN_|USER_PIN_|KEY_|MECHANISM_|DATA_|ATTRIBUTE_|TEMPLATE_|FUNCTION_NOT_SUPPORTED|ARGUMENTS_BAD|SLOT_ID_)/;
const FIXES: Record<string, string> = {
  CKR_PIN_INCORRECT: ' Look at pin. It is not tried again, lest the token lock itself.',
  CKR_PIN_LOCKED: ' The token has locked itself: unlock it with the PIN of its security officer.',
};
/** The session is gone already: its handle may by now be that of another, and is not closed. */
const GONE = new Set([
  'CKR_SESSION_HANDLE_INVALID',
  'CKR_SESSION_CLOSED',
  'CKR_DEVICE_REMOVED',
  'CKR_TOKEN_NOT_PRESENT',
  'CKR_CRYPTOKI_NOT_INITIALIZED',
]);

/** @internal A failed call of a PKCS #11 function. */
export class Pkcs11Failure extends ServiceFailure {
  constructor(
    message: string,
    isTransient: boolean,
    /** Whether all sessions are gone with it. */
    readonly isSessionGone: boolean,
  ) {
    super(message, isTransient);
  }
}

/**
 * Turns what pkcs11js threw into an error that may be logged: the return value's name and no more.
 *
 * @internal
 * @param doing what was tried, after "failed at "
 */
export function asPkcs11Failure(doing: string, error: unknown): Pkcs11Failure {
  if (error instanceof Pkcs11Failure) return error;
  const { message } = Object(error) as { message?: unknown };
  const name = NAME.test(String(message)) ? String(message) : '';
  // A handle of the key that became invalid is found anew with the next session.
  const isPermanent = PERMANENT.test(name) && name !== 'CKR_KEY_HANDLE_INVALID';
  return new Pkcs11Failure(
    `The hardware module failed at ${doing}: ${name || describeError(error)}.${FIXES[name] ?? ''}`,
    !isPermanent,
    GONE.has(name),
  );
}

/** @internal Whether pkcs11js threw this return value of PKCS #11. */
export function isReturnValue(error: unknown, code: number): boolean {
  return (Object(error) as { code?: unknown }).code === code;
}
