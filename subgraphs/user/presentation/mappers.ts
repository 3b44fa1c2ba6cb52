/** What resolvers pass around for the types of the schema. */
export const mappers = {
  User: '../context.ts#ShownUser',
  SavedAddress: '../context.ts#BookEntry',
  Session: '../../application/sessions-view.ts#SessionDoc',
  UserConnection: '../../application/queries.ts#UserPage',
}
