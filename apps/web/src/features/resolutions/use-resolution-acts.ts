import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { explainError, toast, uiStrings } from "../../ui/index.ts";

/** What is done to resolutions and swarms. Each shows what became of it, and why it did not work. */
export function useResolutionActs() {
  const tUi = useT(uiStrings);
  const queryClient = useQueryClient();
  const options = {
    onSettled: () => queryClient.invalidateQueries(trpc.resolutions.pathFilter()),
    onError: (error: unknown) => toast.failed(explainError(error, tUi)),
  };
  const inSwarm = {
    ...options,
    onSettled: async () => {
      await queryClient.invalidateQueries(trpc.swarms.pathFilter());
      await queryClient.invalidateQueries(trpc.resolutions.pathFilter());
    },
  };
  return {
    create: useMutation(trpc.resolutions.create.mutationOptions(options)),
    update: useMutation(trpc.resolutions.update.mutationOptions(options)),
    updateEta: useMutation(trpc.resolutions.updateEta.mutationOptions(options)),
    addUpdate: useMutation(trpc.resolutions.addUpdate.mutationOptions(options)),
    tell: useMutation(trpc.resolutions.sendCustomerUpdate.mutationOptions(options)),
    resolve: useMutation(trpc.resolutions.resolve.mutationOptions(options)),
    startSwarm: useMutation(trpc.swarms.create.mutationOptions(inSwarm)),
    say: useMutation(trpc.swarms.sendMessage.mutationOptions(inSwarm)),
    bringIn: useMutation(trpc.swarms.addParticipant.mutationOptions(inSwarm)),
    mirror: useMutation(trpc.swarms.mirror.mutationOptions(inSwarm)),
    closeSwarm: useMutation(trpc.swarms.close.mutationOptions(inSwarm)),
  };
}
