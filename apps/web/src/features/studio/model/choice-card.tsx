import { cx } from "../../../ui/index.ts";

interface ChoiceCardProps {
  /** Cards of one group exclude each other. */
  group: string;
  checked: boolean;
  onChoose: () => void;
  name: string;
  /** Beside the name, in a quieter voice. */
  detail?: string | null;
  text: string;
}

/** One of several ways, with what it means: chosen at a click. */
export function ChoiceCard({ group, checked, onChoose, name, detail, text }: ChoiceCardProps) {
  return (
    <label
      className={cx(
        "flex cursor-pointer items-start gap-3 rounded-control border p-3",
        checked ? "border-accent bg-accent-soft" : "border-line hover:bg-surface-2",
      )}
    >
      <input
        type="radio"
        name={group}
        checked={checked}
        onChange={onChoose}
        className="mt-1 accent-accent-fill"
      />
      <span className="min-w-0">
        <span className="block text-14 font-medium">
          {name}
          {detail ? <span className="font-normal text-ink-2"> · {detail}</span> : null}
        </span>
        <span className="block text-13 text-ink-2">{text}</span>
      </span>
    </label>
  );
}
