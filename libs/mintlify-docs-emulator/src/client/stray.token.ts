/**
 * What is wrong with a token that came in the fragment of a page of private docs.
 *
 * @example
 * showLoginFailure(STRAY_TOKEN);
 */
export const STRAY_TOKEN =
  'A token came in the fragment of a page, and private docs take it at their callback alone: redirect to /login/jwt-callback?redirect={PATH}#{JWT}, with the anchor inside redirect.';
