/** What helps an agent in a conversation. */
export { BriefCard } from "./brief-card.tsx";
export { SuggestionCard } from "./suggestion-card.tsx";
export { TranslateDraft, TranslateToggle } from "./translate-toggle.tsx";
