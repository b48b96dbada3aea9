import { Money } from '../objects.ts';

Money.implement({
  fields: (t) => ({
    amount: t.expose('amount', { type: 'BigInt', description: 'Minor units of the currency.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217.' }),
  }),
});
