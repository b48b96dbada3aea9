import { failureFields, graphql, type ResultOf } from '@orderloom/client';

export const tasksQuery = graphql(`
  query Tasks($first: Int!, $state: TaskState!) {
    tasks(first: $first, state: $state) {
      totalCount
      nodes {
        id
        name
        state
        dueAt
        candidateGroups
        allowedActions
        completedAt
        completedBy
        assignee {
          id
          name
        }
        order {
          id
          number
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

export type TaskRow = ResultOf<typeof tasksQuery>['tasks']['nodes'][number];

export const taskQuery = graphql(`
  query Task($id: ID!) {
    task(id: $id) {
      id
      name
      state
      dueAt
      candidateGroups
      allowedActions
      completedAt
      completedBy
      instruction
      form
      initialValues
      variables
      result
      assignee {
        id
        name
      }
      order {
        id
        number
        poNumber
        state
        currency
        requestedDeliveryOn
        customer {
          id
          name
        }
        total {
          amount
          currency
        }
        shipTo {
          name
          lines
          city
          region
          postalCode
          country
        }
        lines {
          id
          sku
          description
          ordered
          unit
          unitPrice
          listPrice
          total {
            amount
            currency
          }
        }
        holds {
          id
          kind
          reason
          placedAt
          placedBy
          releasedAt
          releasedBy
          releaseNote
        }
      }
    }
  }
`);

export type TaskDetails = NonNullable<ResultOf<typeof taskQuery>['task']>;

export const claimTask = graphql(
  `
    mutation ClaimTask($input: ClaimTaskInput!) {
      claimTask(input: $input) {
        __typename
        ...FailureFields
        ... on ClaimTaskPayload {
          task {
            id
            allowedActions
            assignee {
              id
              name
            }
          }
        }
      }
    }
  `,
  [failureFields],
);

export const releaseTask = graphql(
  `
    mutation ReleaseTask($input: ReleaseTaskInput!) {
      releaseTask(input: $input) {
        __typename
        ...FailureFields
        ... on ReleaseTaskPayload {
          task {
            id
            allowedActions
            assignee {
              id
              name
            }
          }
        }
      }
    }
  `,
  [failureFields],
);

export const completeTask = graphql(
  `
    mutation CompleteTask($input: CompleteTaskInput!) {
      completeTask(input: $input) {
        __typename
        ...FailureFields
        ... on CompleteTaskPayload {
          task {
            id
            state
          }
          order {
            id
            number
          }
        }
      }
    }
  `,
  [failureFields],
);
