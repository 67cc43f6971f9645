import { DirectionProvider } from "@base-ui/react/direction-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useLanguage } from "../lib/i18n.ts";
import { directionOf } from "../lib/preferences.ts";
import { queryClient } from "../lib/trpc.ts";
import { ToastHost } from "../ui/toast.tsx";
import { router } from "./router.tsx";

export function App() {
  const language = useLanguage();
  return (
    <DirectionProvider direction={directionOf(language)}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ToastHost />
      </QueryClientProvider>
    </DirectionProvider>
  );
}
