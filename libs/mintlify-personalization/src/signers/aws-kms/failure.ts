import { describeError, ServiceFailure } from '../service/service-failure.js';

/** How an administrator can fix it, by AWS's name of the error. */
const FIXES: Record<string, string> = {
  AccessDeniedException: 'Allow kms:GetPublicKey and kms:Sign on this key.',
  CredentialsProviderError: 'Configure AWS credentials for the app.',
  DisabledException: 'Enable the key.',
  ExpiredTokenException: "Renew the app's AWS credentials, which have expired.",
  KMSInvalidStateException: 'Check whether the key is disabled or about to be deleted.',
  NotFoundException: 'Check kmsKeyId and the region.',
  UnrecognizedClientException: "Check the app's AWS credentials.",
};

/** Errors with a 4xx status that are transient: too many requests, and clock skew that the client corrects. */
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
 * Converts an error of the AWS SDK to one that is safe to log. The SDK's error contains the response, and some messages
 * quote the signed request with its session token.
 *
 * @internal
 * @param operation AWS's name of the operation
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
