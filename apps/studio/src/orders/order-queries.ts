import { failureFields, graphql, type ResultOf } from '@orderloom/client';

export const ordersQuery = graphql(`
  query Orders($first: Int!, $after: String, $state: String, $search: String) {
    orders(first: $first, after: $after, state: $state, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        number
        poNumber
        state
        placedAt
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
`);

export type OrderRow = ResultOf<typeof ordersQuery>['orders']['nodes'][number];

/** What the order page shows, but for the drawing, which never changes. */
export const orderQuery = graphql(`
  query OrderByNumber($number: String!) {
    orderByNumber(number: $number) {
      id
      number
      poNumber
      source
      state
      currency
      placedAt
      orderedOn
      requestedDeliveryOn
      notes
      allowedActions
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
        sequence
        sku
        description
        unit
        unitPrice
        listPrice
        total {
          amount
          currency
        }
        ordered
        cancelled
        reserved
        picked
        packed
        shipped
        delivered
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
      shipments {
        id
        carrier
        service
        state
        trackingNumber
        createdAt
        bookedAt
        deliveredAt
        price {
          amount
          currency
        }
        parcels {
          sscc
          sequence
          weightGrams
          lengthMm
          widthMm
          heightMm
          label {
            id
            url
          }
        }
        events {
          id
          status
          text
          place
          occurredAt
        }
      }
      documents {
        id
        kind
        fileName
        mediaType
        url
        createdAt
      }
      intakeDocument {
        id
        fileName
        format
        disposition
        receivedAt
        receivedBy
        acknowledgement
      }
      tasks {
        id
        name
        elementId
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
      }
      process {
        instanceId
        status
        stage
        startedAt
        endedAt
        takenFlows
        variables
        definition {
          id
          name
          version
        }
        positions {
          elementId
          state
          count
          note
        }
        incidents {
          id
          elementId
          elementName
          code
          message
          raisedAt
          resolvedAt
        }
        decisions {
          elementId
          elementName
          decision
          explanation
          at
        }
      }
      timeline {
        id
        at
        actor
        actorName
        kind
        action
        elementId
        elementName
        reason
      }
    }
  }
`);

export type OrderDetails = NonNullable<ResultOf<typeof orderQuery>['orderByNumber']>;
export type OrderProcessDetails = NonNullable<OrderDetails['process']>;
export type ShipmentDetails = OrderDetails['shipments'][number];

export const processXmlQuery = graphql(`
  query ProcessXml($id: ID!) {
    processDefinition(id: $id) {
      id
      xml
    }
  }
`);

export const orderChanged = graphql(`
  subscription OrderChanged($orderId: ID!) {
    orderChanged(orderId: $orderId) {
      orderId
    }
  }
`);

export const recordTracking = graphql(
  `
    mutation RecordTracking($input: RecordTrackingInput!) {
      recordTracking(input: $input) {
        __typename
        ...FailureFields
        ... on RecordTrackingPayload {
          shipment {
            id
            state
          }
        }
      }
    }
  `,
  [failureFields],
);

export const retryIncident = graphql(
  `
    mutation RetryIncident($input: RetryIncidentInput!) {
      retryIncident(input: $input) {
        __typename
        ...FailureFields
        ... on RetryIncidentPayload {
          instanceId
        }
      }
    }
  `,
  [failureFields],
);
