/** What went wrong with a form as a whole, read out at once. */
export function FormFailure({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
      {text}
    </p>
  );
}
