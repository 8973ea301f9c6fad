import type { Pattern, Program } from 'estree';
import { programOf, visitNodes } from './mdx-nodes.js';
import type { MdxAttribute, MdxFinding, MdxNode } from './mdx-nodes.js';
import { PAGE_GLOBALS } from './page-globals.js';

/** How a file is compiled: as a page, or as a part of one. */
export interface LoneNameOptions {
  isSnippet: boolean;
  findings: MdxFinding[];
}

/** Names that every page may use without declaring them. */
const KNOWN = new Set<string>(['props', 'user', 'undefined', 'NaN', 'Infinity', ...PAGE_GLOBALS]);

/**
 * Replaces a lone `{name}` that nothing declares: in a snippet by its property `name`; in a page it is dropped
 * (handshakes.md, section 8). As JavaScript, it would stop the whole page.
 */
export function remarkLoneNames({ isSnippet, findings }: LoneNameOptions) {
  return (root: MdxNode): void => {
    const declared = declaredNames(root);
    const isFree = (name: string | undefined): name is string =>
      name !== undefined && !declared.has(name) && !KNOWN.has(name);
    const warn = (node: MdxNode, text: string, consequence: string): void => {
      const message = `${text} is not defined. ${consequence}`;
      if (findings.some((finding) => finding.message === message)) return;
      findings.push({ message, ...(node.position && { line: node.position.start.line }) });
    };
    visitNodes(root, (node) => {
      for (const attribute of node.attributes ?? []) {
        const name = loneName(expressionOf(attribute));
        if (isFree(name)) replaceAttribute(attribute, isSnippet ? propertyProgram(name) : undefinedProgram());
      }
      if (node.type !== 'mdxTextExpression' && node.type !== 'mdxFlowExpression') return undefined;
      const variable = variableName(node.data?.estree);
      if (isFree(variable)) {
        warn(node, `The variable {{${variable}}}`, 'Add it to `variables` of docs.json.');
        return asText(node, `{{${variable}}}`);
      }
      const name = loneName(node.data?.estree);
      if (!isFree(name)) return undefined;
      if (isSnippet) {
        node.value = `props.${name}`;
        node.data = { ...node.data, estree: propertyProgram(name) };
        return undefined;
      }
      warn(node, `{${name}}`, 'It is left out.');
      return [];
    });
  };
}

function asText(node: MdxNode, value: string): MdxNode[] {
  const text: MdxNode = { type: 'text', value };
  return node.type === 'mdxTextExpression' ? [text] : [{ type: 'paragraph', children: [text] }];
}

function expressionOf({ value }: MdxAttribute): Program | null | undefined {
  return typeof value === 'object' ? value?.data?.estree : undefined;
}

function replaceAttribute(attribute: MdxAttribute, estree: Program): void {
  if (typeof attribute.value === 'object' && attribute.value) attribute.value.data = { estree };
}

function loneName(program: Program | null | undefined): string | undefined {
  const [statement] = program?.body ?? [];
  if (program?.body.length !== 1 || statement?.type !== 'ExpressionStatement') return undefined;
  return statement.expression.type === 'Identifier' ? statement.expression.name : undefined;
}

/** `{{name}}` is an object with a shorthand property, for JavaScript. */
function variableName(program: Program | null | undefined): string | undefined {
  const [statement] = program?.body ?? [];
  if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'ObjectExpression')
    return undefined;
  const [property, ...others] = statement.expression.properties;
  if (others.length > 0 || property?.type !== 'Property' || !property.shorthand) return undefined;
  return property.key.type === 'Identifier' ? property.key.name : undefined;
}

function propertyProgram(name: string): Program {
  return programOf({
    type: 'ExpressionStatement',
    expression: {
      type: 'MemberExpression',
      object: { type: 'Identifier', name: 'props' },
      property: { type: 'Identifier', name },
      computed: false,
      optional: false,
    },
  });
}

function undefinedProgram(): Program {
  return programOf({ type: 'ExpressionStatement', expression: { type: 'Identifier', name: 'undefined' } });
}

function declaredNames(root: MdxNode): Set<string> {
  const names = new Set<string>();
  for (const node of root.children ?? []) {
    if (node.type !== 'mdxjsEsm') continue;
    for (const statement of node.data?.estree?.body ?? []) {
      if (statement.type === 'ImportDeclaration') {
        for (const { local } of statement.specifiers) names.add(local.name);
        continue;
      }
      const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (declaration?.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations) addNames(id, names);
      } else if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') {
        // Only a default export has none.
        if (declaration.id) names.add(declaration.id.name);
      }
    }
  }
  return names;
}

function addNames(pattern: Pattern, names: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      names.add(pattern.name);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        addNames(property.type === 'Property' ? property.value : property.argument, names);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) addNames(element, names);
      break;
    case 'AssignmentPattern':
      addNames(pattern.left, names);
      break;
    case 'RestElement':
      addNames(pattern.argument, names);
      break;
    case 'MemberExpression':
      break;
  }
}
