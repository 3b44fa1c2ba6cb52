import {
  type ASTVisitor,
  type DirectiveNode,
  GraphQLError,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

const isDefer = ({ name }: DirectiveNode): boolean => name.value === 'defer'

const isOff = ({ arguments: given = [] }: DirectiveNode): boolean =>
  given.some(({ name, value }) => name.value === 'if' && value.kind === 'BooleanValue' && !value.value)

/** A client tells what comes by its label: each is written once, and does not vary. */
const uniqueLabels = (context: ValidationContext): ASTVisitor => {
  const labels = new Map<string, DirectiveNode>()
  return {
    Directive(node) {
      const label = isDefer(node) ? node.arguments?.find(({ name }) => name.value === 'label')?.value : undefined
      if (!label) return
      if (label.kind !== 'StringValue') {
        context.reportError(new GraphQLError('A label of @defer is a string and no variable.', { nodes: node }))
        return
      }
      const other = labels.get(label.value)
      if (other)
        context.reportError(new GraphQLError(`Two @defer have the label "${label.value}".`, { nodes: [other, node] }))
      labels.set(label.value, node)
    },
  }
}

/** The fields of a mutation run one after the other and events come as they come: there is nothing to put off. */
const deferrableOperations = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(operation: OperationDefinitionNode) {
    const refuse = (nodes: DirectiveNode, message: string) => context.reportError(new GraphQLError(message, { nodes }))
    const refuseIn = (set: SelectionSetNode, message: string, deeply: boolean): void => {
      for (const selection of set.selections) {
        const defer = (selection.directives ?? []).find(one => isDefer(one) && !isOff(one))
        if (defer) refuse(defer, message)
        if (selection.kind === 'InlineFragment' || (deeply && selection.kind === 'Field' && selection.selectionSet))
          refuseIn(selection.selectionSet ?? { ...set, selections: [] }, message, deeply)
      }
    }
    if (operation.operation === 'query') return
    const isSubscription = operation.operation === 'subscription'
    const message = isSubscription
      ? 'Subscriptions are answered without @defer: each event comes whole.'
      : 'Fields of a mutation itself cannot be deferred, only what they return.'
    refuseIn(operation.selectionSet, message, isSubscription)
    for (const fragment of context.getRecursivelyReferencedFragments(operation))
      if (isSubscription || fragment.typeCondition.name.value === context.getSchema().getMutationType()?.name)
        refuseIn(fragment.selectionSet, message, isSubscription)
  },
})

/** What the draft of `@defer` forbids, beyond what the declaration of the directive does. */
export const deferRules: readonly ValidationRule[] = [uniqueLabels, deferrableOperations]
