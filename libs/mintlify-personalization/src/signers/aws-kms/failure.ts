import { describeError, ServiceFailure } from '../service/service-failure.js';

/** What an administrator has to do about it, by AWS's name of the error. */
const FIXES: Record<string, string> = {
  AccessDeniedException: 'Allow kms:GetPublicKey and kms:Sign on this key.',
  CredentialsProviderError: 'Give the app AWS credentials.',
  DisabledException: 'Enable the key.',
  ExpiredTokenException: "The app's AWS credentials have expired: let them be renewed.",
  KMSInvalidStateException: 'The key is not usable: is it disabled, or about to be deleted?',
  NotFoundException: 'Look at kmsKeyId and at the region.',
  UnrecognizedClientException: "Look at the app's AWS credentials.",
};

/** Refusals, by their status, that may pass: too many requests, and a clock that the client corrects meanwhile. */
const TRANSIENT = new Set([
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'LimitExceededException',
  'RequestTimeTooSkewed',
  'RequestExpired',
  'RequestInTheFuture',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
]);

/**
 * Turns an error of the AWS SDK into one that may be logged. The SDK's own holds the response, and the message
 * of some services repeats the signed request with its session token.
 *
 * @internal
 * @param operation as AWS calls it
 */
export function asKmsFailure(operation: string): (error: unknown) => never {
  return (error) => {
    const { name, $metadata } = Object(error) as { name?: unknown; $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode;
    const fix = FIXES[String(name)];
    const isRefusal = status !== undefined && status >= 400 && status < 500 && status !== 429;
    throw new ServiceFailure(
      `AWS KMS failed at ${operation}: ${describeError(error)}${status === undefined ? '' : ` (HTTP ${status})`}.` +
        (fix === undefined ? '' : ` ${fix}`),
      !isRefusal || TRANSIENT.has(String(name)),
    );
  };
}
