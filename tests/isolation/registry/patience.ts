/** How long the worker may take to do what furnishing asked for. */
export const patience = { timeout: 30_000, interval: 50 };
