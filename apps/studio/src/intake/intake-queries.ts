import { failureFields, graphql, type ResultOf } from '@orderloom/client';

export const intakeDocumentsQuery = graphql(`
  query IntakeDocuments($first: Int!, $after: String) {
    intakeDocuments(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        fileName
        format
        channel
        disposition
        receivedAt
        receivedBy
        transactions {
          control
          order {
            id
            number
          }
        }
      }
    }
  }
`);

export type IntakeRow = ResultOf<typeof intakeDocumentsQuery>['intakeDocuments']['nodes'][number];
export type Disposition = IntakeRow['disposition'];

export const intakeDocumentQuery = graphql(`
  query IntakeDocument($id: ID!) {
    intakeDocument(id: $id) {
      id
      fileName
      format
      channel
      disposition
      receivedAt
      receivedBy
      acknowledgement
      problems {
        code
        severity
        message
        located
        fix
      }
      transactions {
        control
        disposition
        problems {
          code
          severity
          message
          located
          fix
        }
        order {
          id
          number
          state
          customer {
            id
            name
          }
          total {
            amount
            currency
          }
        }
      }
    }
  }
`);

export type IntakeDetails = NonNullable<ResultOf<typeof intakeDocumentQuery>['intakeDocument']>;
export type IntakeProblem = IntakeDetails['problems'][number];

export const takeInDocument = graphql(
  `
    mutation TakeInDocument($input: TakeInDocumentInput!) {
      takeInDocument(input: $input) {
        __typename
        ...FailureFields
        ... on TakeInDocumentPayload {
          document {
            id
            disposition
          }
        }
      }
    }
  `,
  [failureFields],
);
