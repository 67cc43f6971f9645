import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { TextField } from "../../ui/text-field.tsx";
import { botsStrings } from "./strings.ts";

/** Filters while typing; the URL follows 200 ms after the last key. */
export function BotSearch({ search }: { search: string | undefined }) {
  const t = useT(botsStrings);
  const navigate = useNavigate({ from: "/bots" });
  const [typed, setTyped] = useState(search ?? "");

  // The URL may change by itself: back, forward, "clear the search".
  useEffect(() => setTyped(search ?? ""), [search]);

  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === (search ?? "")) return;
    const timer = setTimeout(() => {
      void navigate({
        search: ({ search: _, page: _page, ...now }) => (wanted === "" ? now : { ...now, search: wanted }),
        replace: true,
      });
    }, 200);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);

  return (
    <TextField
      label={t("search")}
      labelHidden
      type="search"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      placeholder={t("search")}
      icon={<Search className="size-4" aria-hidden />}
      className="max-w-sm grow basis-56"
    />
  );
}
