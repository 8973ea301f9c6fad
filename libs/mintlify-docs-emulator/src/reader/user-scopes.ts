import type { Node, Pattern } from 'estree';

/**
 * Tells whether a node declares a name of its own: a function by a parameter, a block or a program by a declaration.
 *
 * @param name default `user`.
 * @example
 * isShadowed(functionNode); // true for `(user) => …`
 */
export function isShadowed(node: Node, name = 'user'): boolean {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.params.some((param) => declares(param, name));
    case 'Program':
    case 'BlockStatement':
      return node.body.some((statement) => isDeclaration(statement, name));
    case 'CatchClause':
      return node.param !== null && node.param !== undefined && declares(node.param, name);
    default:
      return false;
  }
}

function isDeclaration(statement: Node, name: string): boolean {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (statement.type) {
    case 'ImportDeclaration':
      return statement.specifiers.some(({ local }) => local.name === name);
    case 'ExportNamedDeclaration':
      return statement.declaration ? isDeclaration(statement.declaration, name) : false;
    case 'VariableDeclaration':
      return statement.declarations.some(({ id }) => declares(id, name));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id?.name === name;
    default:
      return false;
  }
}

function declares(pattern: Pattern, name: string): boolean {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === name;
    case 'ObjectPattern':
      return pattern.properties.some((property) =>
        declares(property.type === 'Property' ? property.value : property.argument, name),
      );
    case 'ArrayPattern':
      return pattern.elements.some((element) => element !== null && declares(element, name));
    case 'AssignmentPattern':
      return declares(pattern.left, name);
    case 'RestElement':
      return declares(pattern.argument, name);
    case 'MemberExpression':
      return false;
    default:
      return false;
  }
}
