import type { Node, Pattern } from 'estree';

/**
 * Tells whether a node declares a `user` of its own: a function by a parameter, a block or a program by a declaration.
 *
 * @example
 * isShadowed(functionNode); // true for `(user) => …`
 */
export function isShadowed(node: Node): boolean {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.params.some(declares);
    case 'Program':
    case 'BlockStatement':
      return node.body.some(isDeclaration);
    case 'CatchClause':
      return node.param !== null && node.param !== undefined && declares(node.param);
    default:
      return false;
  }
}

function isDeclaration(statement: Node): boolean {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other nodes are alike
  switch (statement.type) {
    case 'ImportDeclaration':
      return statement.specifiers.some(({ local }) => local.name === 'user');
    case 'ExportNamedDeclaration':
      return statement.declaration ? isDeclaration(statement.declaration) : false;
    case 'VariableDeclaration':
      return statement.declarations.some(({ id }) => declares(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id?.name === 'user';
    default:
      return false;
  }
}

function declares(pattern: Pattern): boolean {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === 'user';
    case 'ObjectPattern':
      return pattern.properties.some((property) =>
        declares(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.some((element) => element !== null && declares(element));
    case 'AssignmentPattern':
      return declares(pattern.left);
    case 'RestElement':
      return declares(pattern.argument);
    case 'MemberExpression':
      return false;
    default:
      return false;
  }
}
