import { h } from "preact";
import { applyChunk, type Draft, emptyDraft, hasContent } from "./answer.ts";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";
import { newId } from "./ids.ts";
import { keepLive, type LiveOptions } from "./live.ts";
import { pause, problemOf } from "./patience.ts";
import { initialState, type Problem, type State, withMessage } from "./state.ts";
import type { Storage } from "./storage.ts";
import type { ServerEvent } from "./stream.ts";
import { type Locale, supportedLocale, translator } from "./strings.ts";
import type { Asked } from "./survey.ts";
import { authorOf, isHuman, type Message, type Rating, type Session, type Status } from "./types.ts";

const TYPING_MS = 6000;
/** A server that refuses each new token must not be asked for ever. */
const MOST_RENEWALS = 3;

export type Chat = ReturnType<typeof createChat>;

/**
 * The conversation: holds the state, talks to the server and tells `onChange` about each new state.
 * It does not touch the network before `open`, unless this browser has a conversation to resume.
 */
export function createChat(config: Config, api: Api, storage: Storage, onChange: () => void) {
  const saved = storage.read();
  let state = initialState(chooseLocale(saved.look?.locale), {
    primaryColor: config.color,
    greeting: config.greeting,
    ...saved.look,
  });
  let session: Session | undefined;
  let opening: Promise<Session> | undefined;
  let live: AbortController | undefined;
  let renewals = 0;
  let running: AbortController | undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  function set(change: Partial<State>): void {
    state = { ...state, ...change };
    onChange();
  }

  /** What the site asks for, by its tag or its settings; then what the visitor reads; then what the page is written in. */
  function chooseLocale(tenant: string | null | undefined): Locale {
    const tags = [config.locale, tenant, ...navigator.languages, document.documentElement.lang];
    return tags.map(supportedLocale).find((locale) => locale) ?? "en";
  }

  /** The open session; opens or resumes it once, however many ask. */
  function ready(): Promise<Session> {
    opening ??= openSession().catch((error) => {
      opening = undefined;
      set({ problem: problemOf(error) });
      throw error;
    });
    return opening;
  }

  async function openSession(): Promise<Session> {
    const { token } = storage.read();
    const fresh = await api.session(token, state.locale).catch((error) => {
      // A token that the server no longer takes must not lock the visitor out.
      if (!token || error.status !== 401) throw error;
      return api.session(undefined, state.locale);
    });
    session = fresh;
    storage.write({ token: fresh.token, look: fresh.widget });
    const last = fresh.messages.at(-1);
    set({
      problem: undefined,
      look: fresh.widget,
      locale: chooseLocale(fresh.widget.locale),
      status: fresh.status,
      agent: fresh.agent?.name,
      // What was already typed or shown stays, in its order, after what the server knows.
      messages: [
        ...fresh.messages,
        ...state.messages.filter(({ id }) => !fresh.messages.some((known) => known.id === id)),
      ],
      unread: !state.open && last?.role === "assistant" && last.id !== storage.read().seen,
    });
    markSeen();
    if (state.open || isHuman(fresh.status)) goLive(fresh);
    return fresh;
  }

  function renew(): Promise<Session> {
    opening = undefined;
    return ready();
  }

  function goLive(current: Session): void {
    live?.abort();
    live = new AbortController();
    const options: LiveOptions = {
      connect: (lastEventId, signal) => api.follow(current, lastEventId, signal),
      onEvent: receive,
      onRefused: ({ status }) => {
        live = undefined;
        if (status === 401 && renewals++ < MOST_RENEWALS) renew().catch(() => {});
      },
    };
    void keepLive(current.lastEventId, options, live.signal);
  }

  function receive({ event, data }: ServerEvent): void {
    const body = JSON.parse(data);
    if (event === "message") receiveMessage(body.message);
    else if (event === "status") receiveStatus(body.status, body.agent?.name);
    else if (event === "survey") showSurvey(body);
    else if (event === "typing") {
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => set({ typing: undefined }), TYPING_MS);
      set({ typing: body.author.name });
    }
  }

  /** What is not needed for the first words is fetched when it is: most visits need it never. */
  const load = (name: string) => import(/* @vite-ignore */ `${config.api}/${name}.js`);
  const redraw = () => set({});

  function showSurvey(asked: Asked): void {
    load("survey").then(
      ({ survey }: typeof import("./survey.ts")) =>
        set({ survey: survey(h, asked, config.api, session, state.locale, redraw) }),
      () => {},
    );
  }

  function showFiles(): void {
    if (state.files) return;
    load("files").then(
      ({ files }: typeof import("./files.ts")) =>
        set({
          files: files(
            h,
            config.api,
            (again) => (again ? renew() : ready()),
            () => state.locale,
            redraw,
          ),
        }),
      () => {},
    );
  }

  function receiveMessage(message: Message): void {
    // The answer that is streaming in is the same message, still growing; another's comes when it is whole.
    if (message.id === state.growing || message.metadata?.state === "streaming") return;
    // Broken off before its first word, as when a person takes over: there is nothing to show.
    if (!hasContent(message)) return;
    const fromOthers = message.role !== "user";
    set({
      messages: withMessage(state.messages, message),
      // A whole copy of the answer, by whichever way it comes, ends the failure of its question.
      failures: authorOf(message).kind === "bot" ? [] : state.failures,
      ...(fromOthers && { typing: undefined, unread: state.unread || !state.open }),
    });
    markSeen();
  }

  function receiveStatus(status: Status, agent: string | undefined): void {
    const before = state.status;
    set({ status, agent });
    if (status === before) return;
    const t = translator(state.locale);
    if (status === "ai_handling" && isHuman(before))
      note(`${state.look.botName || t("bot")} · ${t("automatic")}`);
    if (status === "resolved") note(t("resolved"));
    if (!isHuman(status)) set({ handoff: undefined });
  }

  /** A line of the widget's own in the thread; gone after a reload. */
  function note(text: string): void {
    const metadata = { author: { kind: "system" as const } };
    const line: Message = { id: newId(), role: "assistant", parts: [{ type: "text", text }], metadata };
    set({ messages: [...state.messages, line] });
  }

  /** Only while a person has the conversation: the bot does not look. Of no matter where it is lost. */
  function tell(what: "typing" | "read"): void {
    if (session && isHuman(state.status)) api.tell(session, what).catch(() => {});
  }

  /** Where the panel is open. */
  function markSeen(): void {
    if (!state.open) return;
    const seen = session && state.messages.findLast((message) => message.role !== "user")?.id;
    if (seen) storage.write({ seen });
    tell("read");
    if (state.unread) set({ unread: false });
  }

  /** Asks the server, with patience, until the answer is whole, stopped or given up. */
  async function ask(question: Message): Promise<void> {
    if (running) return;
    const controller = new AbortController();
    running = controller;
    const earlier = state.failures.find((failure) => failure.question === question);
    let draft = emptyDraft(newId());
    let shown: string | undefined;
    set({
      busy: true,
      stage: "searching",
      failures: state.failures.filter((failure) => failure !== earlier),
    });

    const show = (next: Draft) => {
      draft = next;
      if (!hasContent(draft.message)) return set({ stage: draft.stage });
      // The first words of a second try take the place of the first try's rest.
      const stale = shown ? undefined : earlier?.after;
      shown = draft.message.id;
      const kept = state.messages.filter((message) => message.id !== stale || stale === question.id);
      set({ stage: draft.stage, growing: shown, messages: withMessage(kept, draft.message) });
    };

    let problem: Problem | undefined;
    try {
      for (let again = false; ; again = true) {
        try {
          const current = await (again ? renew() : ready());
          for await (const chunk of api.ask(current, question, controller.signal))
            show(applyChunk(draft, chunk));
          break;
        } catch (error) {
          // Once a part of the answer came, only the visitor asks for another try.
          if (again || draft.message.parts[0] || controller.signal.aborted || problemOf(error) === "busy")
            throw error;
          await pause();
        }
      }
      // Never an empty bubble: an end without words is a failure too, unless a person has the conversation.
      const whole = draft.finished && hasContent(draft.message);
      if (!whole && !draft.delivered) problem = draft.finished ? "failed" : "lost";
    } catch (error) {
      if (!controller.signal.aborted) problem = problemOf(error);
    }
    running = undefined;
    const after = shown ?? earlier?.after ?? question.id;
    const failures = problem ? [...state.failures, { problem, question, after }] : state.failures;
    set({ busy: false, stage: "searching", growing: undefined, failures });
    markSeen();
  }

  addEventListener("online", () => set({ offline: false }));
  addEventListener("offline", () => set({ offline: true }));
  if (saved.token) ready().catch(() => {});

  return {
    get state() {
      return state;
    },

    open(): void {
      set({ open: true });
      showFiles();
      if (session) {
        if (!live) goLive(session);
        markSeen();
      } else ready().catch(() => {});
    },

    close(): void {
      set({ open: false });
    },

    /** Goes on as whom the page's server signed; what another person wrote is not theirs to see. */
    identify(token: string): void {
      config.identity = token;
      set({ messages: [] });
      renew().catch(() => {});
    },

    /** Sends what the visitor wrote. The id stays the same over every try, so the server counts it once. */
    send(text: string): void {
      const question: Message = { id: newId(), role: "user", parts: [{ type: "text", text }] };
      state.files?.goWith(question);
      set({ messages: [...state.messages, question] });
      if (state.status === "closed") opening = undefined;
      void ask(question);
    },

    /** Asks a question again, or opens the conversation again when there is none. */
    retry(question?: Message): void {
      if (question) void ask(question);
      else ready().catch(() => {});
    },

    /** Shows the passage behind one citation; a second time hides it. */
    showSource(key: string): void {
      load("passage").then(
        ({ passage }: typeof import("./passage.ts")) =>
          set({ passage: (source) => passage(h, source, state.locale) }),
        () => {},
      );
      set({ source: state.source === key ? undefined : key });
    },

    tell,

    stop(): void {
      running?.abort();
    },

    /** Asks for a person; again with an address when nobody is there. */
    async handoff(request: { reason?: string; email?: string } = {}): Promise<void> {
      try {
        const handoff = await api.handoff(await ready(), { ...request, locale: state.locale });
        const emailed = request.email !== undefined;
        set({ status: handoff.status, handoff: { ...handoff, emailed }, handoffFailed: false });
      } catch {
        set({ handoffFailed: true });
      }
    },

    /** Rates an answer at once, and takes it back when the server did not get it. */
    async rate({ id, metadata }: Message, rating: Rating): Promise<void> {
      if (!metadata?.answerId || !session) return;
      const show = (shown: Rating | null | undefined) =>
        set({
          messages: state.messages.map((message) =>
            message.id === id ? { ...message, metadata: { ...message.metadata, rating: shown } } : message,
          ),
        });
      show(rating);
      await api.rate(session, metadata.answerId, rating).catch(() => show(metadata.rating));
    },
  };
}
