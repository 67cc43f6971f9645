/** A past conversation, or one answer of it, asked again on a draft; the quality page shows what comes of it. */
export { ReplayButton } from "./replay-button.tsx";
