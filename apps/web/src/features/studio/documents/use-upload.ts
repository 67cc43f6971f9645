import type { MutationOptions } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { putFile } from "../../../lib/put-file.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { mediaTypeOf } from "./accept-file.ts";
import { putDocument, refetchBot } from "./documents-cache.ts";
import { isUnderWay, type Upload, UploadQueue } from "./upload-queue.ts";

/** One queue per bot, outside of React: uploads go on while another tab or screen is open. */
const queues = new Map<string, UploadQueue>();

function queueOf(botId: string): UploadQueue {
  let queue = queues.get(botId);
  if (queue === undefined) {
    queue = new UploadQueue({ atOnce: 2, send: sendTo(botId) });
    queues.set(botId, queue);
  }
  return queue;
}

/** The files on their way to a bot, and what can be done with them. Warns before the page is closed on them. */
export function useUpload(botId: string): { uploads: readonly Upload[]; queue: UploadQueue } {
  const queue = queueOf(botId);
  const uploads = useSyncExternalStore(queue.subscribe, queue.read);
  const underWay = uploads.some(isUnderWay);
  useEffect(() => {
    if (!underWay) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [underWay]);
  return { uploads, queue };
}

/** Asks for a place, puts the bytes there, and says that they have arrived. */
function sendTo(botId: string): ConstructorParameters<typeof UploadQueue>[0]["send"] {
  return async (file, report, signal) => {
    const facts = {
      botId,
      fileName: file.name,
      fileType: mediaTypeOf(file) ?? file.type,
      fileSize: file.size,
    };
    const place = await run(trpc.botDocument.getUploadPresignedUrl.mutationOptions(), facts);
    report.documentId(place.documentId);
    await putFile(place.uploadUrl, file, place.headers, report.share, signal);
    signal.throwIfAborted();
    const { documentId, storagePath } = place;
    const document = await run(trpc.botDocument.confirmUpload.mutationOptions(), {
      ...facts,
      documentId,
      storagePath,
    });
    putDocument(botId, document);
    refetchBot(botId);
  };
}

/** A mutation without a component. */
function run<Data, Failure, Variables, Context>(
  options: MutationOptions<Data, Failure, Variables, Context>,
  variables: Variables,
): Promise<Data> {
  return queryClient.getMutationCache().build(queryClient, options).execute(variables);
}
