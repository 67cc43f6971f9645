/** The values of a stream, each with the name of where it came from. */
export async function* tagged<Type extends string, Value>(type: Type, values: AsyncIterable<Value>) {
  for await (const value of values) yield { type, value };
}

/** Streams as one, in the order in which things arrive, until the first of them ends. */
export async function* merge<Value>(
  signal: AbortSignal,
  streams: AsyncIterable<Value>[],
): AsyncGenerator<Value> {
  const pulls = streams.map((stream, index) => {
    const iterator = stream[Symbol.asyncIterator]();
    return async () => ({ index, result: await iterator.next() });
  });
  const pending = pulls.map((pull) => pull());
  while (!signal.aborted) {
    const { index, result } = await Promise.race(pending);
    const pull = pulls[index];
    if (result.done || !pull) return;
    pending[index] = pull();
    yield result.value;
  }
}
