import { useT } from "../../lib/i18n.ts";
import { Dialog, Kbd } from "../../ui/index.ts";
import { shortcutStrings } from "./shortcuts.strings.ts";

const shortcuts = [
  [["J", "K"], "shortcuts.move"],
  [["R"], "shortcuts.reply"],
  [["N"], "shortcuts.note"],
  [["A"], "shortcuts.takeOver"],
  [["E"], "shortcuts.resolve"],
  [["H"], "shortcuts.handBack"],
  [["S"], "shortcuts.snooze"],
  [["T"], "shortcuts.transfer"],
  [["G"], "shortcuts.next"],
  [["/"], "shortcuts.canned"],
  [["Alt ↵"], "shortcuts.suggest"],
  [["/"], "shortcuts.search"],
  [["F"], "shortcuts.filters"],
  [["X"], "shortcuts.select"],
  [["Esc"], "shortcuts.leave"],
  [["Ctrl/⌘ K"], "shortcuts.palette"],
  [["?"], "shortcuts.help"],
] as const;

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useT(shortcutStrings);
  return (
    <Dialog open onClose={onClose} title={t("shortcuts")}>
      <dl className="flex flex-col gap-2.5">
        {shortcuts.map(([keys, text]) => (
          <div key={text} className="flex items-center justify-between gap-4">
            <dt className="text-14">{t(text)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key} always>
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
