import { may } from '@orderloom/access';
import { must } from '@orderloom/kernel';
import { viewerOf } from '../context.ts';
import { Money, OrderLine } from '../objects.ts';
import { orderById } from '../reads/orders.ts';

OrderLine.implement({
  description: 'Quantities are in base units of the SKU.',
  fields: (t) => ({
    id: t.exposeID('id'),
    sequence: t.exposeInt('sequence'),
    sku: t.exposeString('skuCode'),
    description: t.exposeString('description'),
    unit: t.exposeString('orderedUnit', { description: 'The unit the customer ordered in.' }),
    ordered: t.expose('ordered', { type: 'Decimal' }),
    reserved: t.expose('reserved', { type: 'Decimal' }),
    picked: t.expose('picked', { type: 'Decimal' }),
    packed: t.expose('packed', { type: 'Decimal' }),
    shipped: t.expose('shipped', { type: 'Decimal' }),
    delivered: t.expose('delivered', { type: 'Decimal' }),
    cancelled: t.expose('cancelled', { type: 'Decimal' }),
    unitPrice: t.expose('unitPrice', {
      type: 'Decimal',
      description: "Price of one base unit, in major units of the order's currency.",
    }),
    listPrice: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Price of one base unit in the catalogue; null when the viewer may not see it.',
      resolve: (line, _args, context) =>
        may(viewerOf(context).ability, 'read', 'Order', line, 'listPrice') ? line.listPrice : null,
    }),
    total: t.field({
      type: Money,
      resolve: async ({ total, orderId }, _args, context) => {
        const { currency } = must(await orderById(context, orderId), 'the order of a line');
        return { amount: total, currency };
      },
    }),
  }),
});
