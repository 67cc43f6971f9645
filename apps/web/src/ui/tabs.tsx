import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export interface TabsProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  /** Names the row of tabs for screen readers. */
  label: string;
  tabs: readonly { value: Value; label: ReactNode; panel: ReactNode }[];
  panelClassName?: string;
}

/** Only the chosen panel is mounted. */
export function Tabs<Value extends string>({
  value,
  onChange,
  label,
  tabs,
  panelClassName,
}: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={onChange} className="flex min-h-0 grow flex-col">
      <Base.List aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-14 font-medium whitespace-nowrap text-ink-2 hover:text-ink-1 focus-visible:-outline-offset-2 data-active:border-accent data-active:text-ink-1"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className={panelClassName}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
