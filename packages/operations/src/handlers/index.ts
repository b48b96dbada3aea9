import type { TransactionalHandler } from '@orderloom/runtime';
import { bookProduction } from './book-production.ts';
import { cancelOrder } from './cancel-order.ts';
import { checkOrder } from './check-order.ts';
import { closeOrder } from './close-order.ts';
import { confirmDelivery } from './confirm-delivery.ts';
import { confirmOrder } from './confirm-order.ts';
import { confirmPick } from './confirm-pick.ts';
import { createShipment } from './create-shipment.ts';
import { dispatchShipment } from './dispatch-shipment.ts';
import { noteOverdueReview } from './note-overdue-review.ts';
import { placeHold } from './place-hold.ts';
import { reserveStock } from './reserve-stock.ts';

/**
 * The transactional work a drawn process can ask for, by the task type it names. Each handler is given
 * every waiting task of its type in the batch and writes inside the transaction of the step.
 */
export const transactionalHandlers: Readonly<Record<string, TransactionalHandler>> = {
  'order.check': checkOrder,
  'order.place-hold': placeHold,
  'order.note-overdue': noteOverdueReview,
  'order.confirm': confirmOrder,
  'order.cancel': cancelOrder,
  'stock.reserve': reserveStock,
  'stock.book-production': bookProduction,
  'stock.confirm-pick': confirmPick,
  'shipment.create': createShipment,
  'shipment.dispatch': dispatchShipment,
  'order.confirm-delivery': confirmDelivery,
  'order.close': closeOrder,
};
