import { Search } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { TextField, type TextFieldProps } from "./text-field.tsx";

interface SearchFieldProps extends Omit<TextFieldProps, "label" | "type" | "value" | "onChange"> {
  label: string;
  /** What is searched for now; it may change by itself: back, forward, "clear the search". */
  search: string | undefined;
  /** Hears what was typed 200 ms after the last key; undefined for nothing. */
  onSearch: (wanted: string | undefined) => void;
}

/** Filters while one types. */
export function SearchField({ label, search, onSearch, ...rest }: SearchFieldProps) {
  const [typed, setTyped] = useState(search ?? "");
  const tell = useEffectEvent(onSearch);
  useEffect(() => setTyped(search ?? ""), [search]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === (search ?? "")) return;
    const timer = setTimeout(() => tell(wanted === "" ? undefined : wanted), 200);
    return () => clearTimeout(timer);
  }, [typed, search]);
  return (
    <TextField
      {...rest}
      label={label}
      labelHidden
      type="search"
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
      placeholder={label}
      icon={<Search className="size-4" aria-hidden />}
    />
  );
}
