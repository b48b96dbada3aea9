/* oxlint-disable import/no-unassigned-import -- a file of types gives them to the builder by being loaded */
import { builder } from './builder.ts';
import './types/address.ts';
import './types/document.ts';
import './types/failure.ts';
import './types/hold.ts';
import './types/intake-document.ts';
import './types/money.ts';
import './types/order.ts';
import './types/order-line.ts';
import './types/people.ts';
import './types/process.ts';
import './types/shipment.ts';
import './types/task.ts';
import './types/timeline-entry.ts';
import './types/viewer.ts';
import './mutations/claim-task.ts';
import './mutations/complete-task.ts';
import './mutations/record-tracking.ts';
import './mutations/release-task.ts';
import './mutations/retry-incident.ts';
import './mutations/take-in-document.ts';
import './subscriptions/order-changed.ts';
import './subscriptions/tasks-changed.ts';

export const schema = builder.toSchema();
