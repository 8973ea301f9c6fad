import { describeError, ServiceFailure } from '../service/service-failure.js';

const NAME = /^CKR_[A-Z0-9_]{1,60}$/;
/** Errors that a retry would only repeat. A wrong PIN that is tried too often even locks the token. */
const PERMANENT =
  /^CKR_(PIN_|USER_PIN_|KEY_|MECHANISM_|DATA_|ATTRIBUTE_|TEMPLATE_|FUNCTION_NOT_SUPPORTED|ARGUMENTS_BAD|SLOT_ID_)/;
const FIXES: Record<string, string> = {
  CKR_PIN_INCORRECT: ' Check pin. It is not tried again, because the token might lock itself.',
  CKR_PIN_LOCKED: ' Unlock the token with the PIN of its security officer.',
};
/** The session is already gone: its handle may have been reused, so it is not closed. */
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
    /** Whether all sessions are gone. */
    readonly isSessionGone: boolean,
  ) {
    super(message, isTransient);
  }
}

/**
 * Converts an error of pkcs11js to one that is safe to log, with only the name of the return value.
 *
 * @internal
 * @param doing what was tried, to follow "failed at "
 */
export function asPkcs11Failure(doing: string, error: unknown): Pkcs11Failure {
  if (error instanceof Pkcs11Failure) return error;
  const { message } = Object(error) as { message?: unknown };
  const name = NAME.test(String(message)) ? String(message) : '';
  // An invalid key handle is looked up again in the next session.
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
