import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { errorCodeOf, type Inputs, type Outputs, queryClient, trpc } from "../../lib/trpc.ts";
import {
  Button,
  Dialog,
  ErrorState,
  explainError,
  Select,
  Skeleton,
  TextArea,
  TextField,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";
import { linesIn, wordsIn } from "./words.ts";

type Customer = Outputs["endUsers"]["get"];
type Kind = Customer["identities"][number]["kind"];

const formId = "customer";
const statuses = ["active", "inactive", "blocked"] as const;

/** What colleagues say of a customer. Who changes one that was changed meanwhile is told, and loads that first. */
export default function EditDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT(customerPageStrings);
  const ui = useT(uiStrings);
  const query = trpc.endUsers.get.queryOptions({ customerId });
  const current = useQuery(query);
  /** As the form was filled: later versions come only when they are asked for. */
  const [filled, setFilled] = useState<Customer | null>(null);
  const customer = filled ?? current.data ?? null;
  const save = useMutation(
    trpc.endUsers.update.mutationOptions({
      async onSuccess() {
        toast.done(t("edit.done"));
        onClose();
        await queryClient.invalidateQueries(trpc.endUsers.pathFilter());
        await queryClient.invalidateQueries(trpc.conversations.pathFilter());
      },
      // by its version it shows whether somebody else saved, or an address is another customer's
      onError: (error) => (errorCodeOf(error) === "CONFLICT" ? current.refetch() : undefined),
    }),
  );
  const isStale =
    save.isError && errorCodeOf(save.error) === "CONFLICT" && current.data?.version !== filled?.version;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!customer || save.isPending) return;
    setFilled(customer);
    save.mutate({
      customerId,
      version: customer.version,
      ...changesIn(new FormData(event.currentTarget), customer),
    });
  }

  function reload() {
    save.reset();
    setFilled(current.data ?? null);
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("edit.title", { name: customer?.name ?? customer?.email ?? "" })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={!customer} pending={save.isPending}>
            {t("edit.save")}
          </Button>
        </>
      }
    >
      {save.isError ? (
        <div
          role="alert"
          className="mb-4 flex flex-wrap items-center gap-3 rounded-control bg-bad-soft px-3 py-2"
        >
          <p className="min-w-0 grow text-13 text-bad">
            {isStale ? t("edit.conflict") : explainError(save.error, ui)}
          </p>
          {isStale ? (
            <Button size="sm" onClick={reload}>
              {t("edit.reload")}
            </Button>
          ) : null}
        </div>
      ) : null}
      {customer ? (
        <Fields key={customer.version} customer={customer} onSubmit={submit} />
      ) : current.isError ? (
        <ErrorState error={current.error} onRetry={() => void current.refetch()} />
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </Dialog>
  );
}

function Fields({
  customer,
  onSubmit,
}: {
  customer: Customer;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}) {
  const t = useT(customerPageStrings);
  const words = useT(customersStrings);
  const [status, setStatus] = useState(customer.status);
  const lines = (kind: Kind) => valuesOf(customer, kind).join("\n");
  return (
    <form id={formId} noValidate autoComplete="off" onSubmit={onSubmit} className="grid gap-4 sm:grid-cols-2">
      <TextField label={t("edit.name")} name="name" maxLength={200} defaultValue={customer.name ?? ""} />
      <TextField
        label={t("edit.company")}
        name="company"
        maxLength={200}
        defaultValue={customer.company ?? ""}
      />
      <TextArea label={t("edit.emails")} name="emails" rows={2} defaultValue={lines("email")} />
      <TextArea
        label={t("edit.phones")}
        hint={t("edit.phones.hint")}
        name="phoneNumbers"
        rows={2}
        defaultValue={lines("phone")}
      />
      <TextArea label={t("edit.ids")} name="externalIds" rows={2} defaultValue={lines("external")} />
      <div className="flex flex-col gap-4">
        <Select
          label={t("filter.status")}
          value={status}
          options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={setStatus}
        />
        <input type="hidden" name="status" value={status} />
        <TextField
          label={words("tier")}
          name="slaTier"
          maxLength={50}
          defaultValue={customer.slaTier ?? ""}
        />
      </div>
      <TextField label={t("filter.tags")} name="tags" defaultValue={customer.tags.join(", ")} />
      <TextField label={t("filter.segments")} name="segments" defaultValue={customer.segments.join(", ")} />
      <TextField label={t("edit.risks")} name="riskFlags" defaultValue={customer.riskFlags.join(", ")} />
    </form>
  );
}

const valuesOf = (customer: Customer, wanted: Kind) =>
  customer.identities.flatMap(({ kind, value }) => (kind === wanted ? [value] : []));

/** All that the form says; identities only of the kinds that were written anew. */
function changesIn(form: FormData, customer: Customer): Omit<Inputs["endUsers"]["update"], "customerId"> {
  const said = (name: string) => String(form.get(name) ?? "").trim();
  const lists = (["email", "phone", "external"] as const).flatMap((kind) => {
    const name = { email: "emails", phone: "phoneNumbers", external: "externalIds" }[kind];
    const lines = linesIn(said(name));
    return lines.join("\n") === valuesOf(customer, kind).join("\n") ? [] : [[name, lines] as const];
  });
  return {
    name: said("name") || null,
    company: said("company") || null,
    slaTier: said("slaTier") || null,
    status: statuses.find((status) => status === said("status")) ?? customer.status,
    tags: wordsIn(said("tags")),
    segments: wordsIn(said("segments")),
    riskFlags: wordsIn(said("riskFlags")),
    ...(lists.length > 0 ? { identities: Object.fromEntries(lists) } : {}),
  };
}
