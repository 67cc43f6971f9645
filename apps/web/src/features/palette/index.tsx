import { Dialog as Base } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { cx } from "../../ui/cx.ts";
import { backdropClass, dialogClass } from "../../ui/dialog.tsx";
import type { Command } from "./matches.ts";
import { paletteStrings } from "./strings.ts";
import { useCommands } from "./use-commands.ts";

/** Finds bots, conversations, settings and actions. Arrows move, Enter does, Escape closes. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useT(paletteStrings);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const commands = useCommands(query);
  const current = Math.min(at, commands.length - 1);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen option scrolls into sight when it changes
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current]);

  function run(command: Command | undefined) {
    if (command === undefined) return;
    onClose();
    command.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((current + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(commands[current]);
    }
  }

  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup aria-label={t("label")} className={cx(dialogClass, "max-w-xl")}>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search className="size-4 shrink-0 text-ink-3" aria-hidden />
            <input
              type="text"
              dir="auto"
              role="combobox"
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={commands[current] ? `${id}-${current}` : undefined}
              aria-label={t("label")}
              autoComplete="off"
              placeholder={t("placeholder")}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              className="h-12 grow bg-transparent text-15 outline-none"
            />
          </div>
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label={t("label")}
            className="overflow-auto p-2"
          >
            {commands.map((command, index) => (
              <Option
                key={command.id}
                id={`${id}-${index}`}
                command={command}
                selected={index === current}
                heading={command.group !== commands[index - 1]?.group}
                onPoint={() => setAt(index)}
                onRun={() => run(command)}
              />
            ))}
          </div>
          {commands.length === 0 ? (
            <p className="px-4 pb-5 text-center text-14 text-ink-2">{t("none", { query })}</p>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  selected: boolean;
  /** It is the first of its group, whose name stands above it. */
  heading: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, command, selected, heading, onPoint, onRun }: OptionProps) {
  return (
    <>
      {heading ? (
        <div role="presentation" className="px-2.5 pt-2 pb-1 text-12 font-medium text-ink-3">
          {command.group}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the text box above handles the keys of the whole list */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={selected}
        onPointerMove={onPoint}
        onClick={onRun}
        className={cx(
          "cursor-default truncate rounded-control px-2.5 py-2 text-14",
          selected && "bg-surface-2",
        )}
      >
        <bdi>{command.label}</bdi>
      </div>
    </>
  );
}
