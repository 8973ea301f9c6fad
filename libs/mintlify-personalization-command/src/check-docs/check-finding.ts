/** How bad it is. Only errors end the command with 1. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that the check found. */
export interface CheckFinding {
  /** The id of the rule, as in the manual. */
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Path inside the docs folder, or of the schema file. */
  readonly file: string;
  /** Starts at 1. */
  readonly line: number;
  readonly message: string;
  /** What to do, as an imperative. */
  readonly fix: string;
}

/** A finding before its rule's severity is known. */
export type RuleFinding = Omit<CheckFinding, 'severity'>;

/** What a rule is about. */
interface RuleDescription {
  readonly severity: Severity;
  /** One sentence, for SARIF. */
  readonly summary: string;
}

/** All rules, by id. The manual has a table of them. */
export const RULES = {
  'group-not-granted': {
    severity: 'error',
    summary: 'The docs ask for a group that no claim mapper grants.',
  },
  'group-unused': {
    severity: 'warning',
    summary: 'A claim mapper grants a group that the docs use nowhere.',
  },
  'groups-unreadable': {
    severity: 'error',
    summary: 'A value of groups is no list of names or rules, so no one is let in.',
  },
  'groups-admit-no-one': {
    severity: 'error',
    summary: 'The groups of a page let no visitor in.',
  },
  'user-key-unknown': {
    severity: 'error',
    summary: 'A page reads a key of user that no claim mapper gives.',
  },
  'user-read-unguarded': {
    severity: 'error',
    summary: 'A page reads a property of something that may be missing, and breaks.',
  },
  'user-without-fallback': {
    severity: 'warning',
    summary: 'A page shows an optional key of user, and nothing in its place.',
  },
  'playground-input-unused': {
    severity: 'warning',
    summary: 'A claim mapper fills a field of the API playground that no OpenAPI file has.',
  },
  'security-scheme-unfilled': {
    severity: 'info',
    summary: 'No claim mapper fills the field of a security scheme.',
  },
  'gated-page-linked-publicly': {
    severity: 'warning',
    summary: 'A page with groups is in no navigation, and only pages for everyone link to it.',
  },
  'public-page-in-gated-folder': {
    severity: 'warning',
    summary: 'All other pages of a folder have groups, and this one has none.',
  },
  'secret-in-page': {
    severity: 'error',
    summary: 'A page holds what looks like a private key or a credential.',
  },
  'groups-do-not-protect': {
    severity: 'warning',
    summary: 'A group of public docs sounds like protection, but groups only hide pages there.',
  },
  'static-file-not-gated': {
    severity: 'warning',
    summary: 'A file in a folder of pages with groups is served to anyone.',
  },
  'spec-ignores-groups': {
    severity: 'warning',
    summary: 'An OpenAPI file has groups, and can be downloaded whole.',
  },
  'page-not-checked': {
    severity: 'warning',
    summary: 'A file cannot be parsed, so it is not checked.',
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;

/** The id of a rule. */
export type RuleId = keyof typeof RULES;

/** Whether a text is the id of a rule. */
export function isRuleId(text: string): text is RuleId {
  return Object.hasOwn(RULES, text);
}
