import { useEffect, useState } from "react";

/** Seconds left of a wait that may be begun anew; 0 when there is none. */
export function useWait(): { left: number; until: Date | null; wait: (seconds: number) => void } {
  const [until, setUntil] = useState<Date | null>(null);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === null) return;
    const look = () => {
      const seconds = Math.max(0, Math.ceil((until.getTime() - Date.now()) / 1_000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(look, 1_000);
    look();
    return () => clearInterval(timer);
  }, [until]);
  return {
    left,
    until,
    wait(seconds) {
      setLeft(seconds);
      setUntil(new Date(Date.now() + seconds * 1_000));
    },
  };
}
