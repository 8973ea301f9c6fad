/** `typ` of a token that allows a preview, so that no other token of the same key is taken for one. */
export const PREVIEW_TOKEN_TYPE = 'docs-preview+jwt';
