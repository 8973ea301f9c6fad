/**
 * What was given instead of a key, and how to fix it.
 *
 * @internal
 */
export interface KeyMistake {
  readonly what: string;
  readonly fix: string;
}

interface Pattern extends KeyMistake {
  readonly pattern: RegExp;
}

const PATH: KeyMistake = {
  what: 'looks like the path of a file, but must be the key itself',
  fix: "Read the file first: readFileSync(path, 'utf8').",
};

/**
 * A reference to a secret: 1Password, vals, Berglas and others (`scheme://…`), AWS (`arn:…`), Vault operators
 * (`vault:…`), Google (`projects/…/secrets/…`), Azure (`@Microsoft.KeyVault(…)`).
 */
const REFERENCE =
  /^(?:[a-z][\w+.-]{1,30}:\/\/|(?:arn|vault|secret|secretref|ref|env|ssm|sm|kv|op):|projects\/[^/\s]+\/secrets\/|@Microsoft\.KeyVault\()/i;

/** The most certain ones first. All match the beginning, or one short line. */
const PATTERNS: readonly Pattern[] = [
  { pattern: /^(?:~?\/|\.{1,2}[/\\]|[A-Z]:[/\\]|\\\\|file:)[^\r\n]*$/i, ...PATH },
  {
    pattern: REFERENCE,
    what: 'looks like a reference to a secret, but must be the secret itself',
    fix: 'Fetch the secret when the app starts, or make signingKey a function that fetches it.',
  },
  {
    pattern: /^(?:\$\{|\$\(|\$[\w:]+$|%\w+%$|\{\{)/,
    what: 'looks like a variable that was not expanded',
    fix: 'Expand it where the value is set (shells do not expand single quotes), or read it from process.env.',
  },
  { pattern: /^[^\r\n]{1,255}\.(?:pem|key|der|p8|pk8|jwks?|json|txt|crt|cer)$/i, ...PATH },
  {
    pattern: /^(?:process\.env\b|[A-Z][A-Z\d]{0,50}(?:_[A-Z\d]{1,50}){1,10}$)/,
    what: 'looks like the name of an environment variable',
    fix: 'Pass the value of the variable: process.env[name].',
  },
];

const BEGIN = /-----BEGIN [A-Z\d ]{1,40}-----/;
const END = /-----END [A-Z\d ]{1,40}-----/;
/** With hyphens, or with the dashes that text editors replace them by. */
const BARE_LINE = /[-\u2010-\u2015\u2212] ?(?:BEGIN|END) [A-Z\d ]{0,30}(?:KEY|CERTIFICATE|PARAMETERS)/;

/**
 * Recognizes common mistakes in a text that is neither PEM nor JSON: a path, a reference, a PEM with a broken BEGIN or
 * END line. Never quotes the text, since a path or a reference may be secret, too.
 *
 * @internal
 * @returns `undefined` if no mistake is recognized
 */
export function findTextMistake(text: string): KeyMistake | undefined {
  return PATTERNS.find(({ pattern }) => pattern.test(text)) ?? findFrameMistake(text);
}

function findFrameMistake(text: string): KeyMistake | undefined {
  const hasBegin = BEGIN.test(text);
  const hasEnd = END.test(text);
  if (hasBegin && hasEnd) {
    return {
      what: 'is a PEM whose BEGIN and END lines do not match',
      fix: 'Copy one key, from its BEGIN line to its own END line.',
    };
  }
  // Without the lines that are correct.
  if (BARE_LINE.test(text.replace(BEGIN, '').replace(END, ''))) {
    return {
      what: 'is a PEM whose BEGIN or END line does not have exactly five hyphens on each side',
      fix: 'Write "-----" at the start and at the end of both lines, or copy the key again.',
    };
  }
  if (hasBegin || hasEnd) {
    return {
      what: `is a PEM without its ${hasBegin ? 'END' : 'BEGIN'} line`,
      fix: 'Copy the whole key again. Keep all its lines in the variable: quote it, or write each line break as \\n.',
    };
  }
  return undefined;
}
