export { type ListedPrice, listPriceOf, type Price } from "./list-prices.ts";
export { askModel, type ModelQuestion, type ModelSaid } from "./service/ask-model.ts";
export { priceOf } from "./service/prices.ts";
export { type Reservation, releaseBudget, reserveBudget, tidyReservations } from "./service/reserve.ts";
export { type ModelUse, recordModelUse } from "./service/usage.ts";
export { estimateTokens } from "./tokens.ts";
