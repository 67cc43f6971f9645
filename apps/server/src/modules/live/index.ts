export { clientEvents } from "./live.socket.ts";
export { serverEvents } from "./server-events.ts";
export { openFeed } from "./service/feed.ts";
