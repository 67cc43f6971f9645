export { type DomainEvent, defineEvent, emit, type Follower, follow } from "./domain-events.ts";
export { createEventBus, type EventBus, type Notice } from "./event-bus.ts";
export { FellBehind, notices } from "./notices.ts";
