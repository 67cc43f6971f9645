/** A small knowledge base about a shop, for tests: each fact stands in one sentence. */
export const shopTexts: Record<string, string> = {
  "Refunds.md": `# Refunds

A refund takes 14 days after we receive the parcel. Shipping costs are not refunded.

## Exchanges

An exchange is free within 30 days of the purchase. Keep the receipt for an exchange.
`,
  "Shop.md": `# Opening hours

The shop in Lyon opens at nine in the morning from Monday to Friday. On Saturday it opens at eleven.

# Delivery

Delivery to Belgium costs 12 euros. Parcels to Switzerland need a customs form 😀.
`,
};
