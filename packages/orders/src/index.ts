export type {
  Address,
  IntakeProblem,
  ItemReference,
  OrderDraft,
  OrderLineDraft,
  PartyReference,
} from './order-draft.ts';
export { orderErrors, type OrderErrorCode } from './errors.ts';
export { gs1CheckDigit, isGs1Key, isGtin, makeSscc, requireGs1Key, type Gs1Key } from './gs1.ts';
export {
  ORDER_STAGES,
  orderState,
  requireLineOrder,
  type LineFacts,
  type OrderFacts,
  type OrderStage,
  type OrderState,
} from './lifecycle.ts';
export { orderNumber } from './order-number.ts';
export { priceOrder, type LineToPrice, type OrderPrice } from './price-order.ts';
export {
  reserveStock,
  type ReservationDecision,
  type ReservationGrant,
  type ReservationLine,
  type ReservationRequest,
  type StockBalance,
  type StockShortage,
} from './reserve-stock.ts';
export {
  isCompleteAddress,
  reviewFacts,
  type CustomerToReview,
  type OrderToReview,
  type ReviewFacts,
} from './review.ts';
export {
  isTrackingStatus,
  shipmentState,
  TRACKING_STATUSES,
  type ShipmentState,
  type TrackedEvent,
  type TrackingStatus,
} from './shipment.ts';
