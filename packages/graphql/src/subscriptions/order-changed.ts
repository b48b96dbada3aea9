import { fail } from '@orderloom/kernel';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import type { GraphqlErrorCode } from '../errors.ts';
import { orderById } from '../reads/orders.ts';
import { changes } from './changes.ts';

interface OrderChangeEvent {
  readonly orderId: string;
}

const OrderChange = builder.objectRef<OrderChangeEvent>('OrderChange').implement({
  description: 'That something about an order changed; ask for what is needed.',
  fields: (t) => ({ orderId: t.exposeID('orderId') }),
});

builder.subscriptionField('orderChanged', (t) =>
  t.field({
    type: OrderChange,
    args: { orderId: t.arg.id() },
    subscribe: async (_root, { orderId }, context) => {
      await requireOrder(context, orderId);
      return changes<OrderChangeEvent>(context, async (context, told) => {
        if (!told.some(({ businessKey }) => businessKey === orderId)) return null;
        return (await orderById(context, orderId)) && { orderId };
      });
    },
    resolve: (event) => event,
  }),
);

async function requireOrder(context: Context, orderId: string): Promise<void> {
  const order = await orderById(context, orderId);
  await context.reader.close();
  if (order) return;
  fail('ORDER_NOT_FOUND' satisfies GraphqlErrorCode, 'There is no such order.', {
    field: 'orderId',
    fix: 'Open the list of orders anew.',
  });
}
