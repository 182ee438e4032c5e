/**
 * Who has to go so that the rest stays within a limit: the one that holds most, and so on. Of equal ones the first goes
 * first.
 * @param bytesOf 0: it holds nothing, and is left alone
 */
export function overweight<Holder>(
  holders: Iterable<Holder>,
  bytesOf: (holder: Holder) => number,
  limitBytes: number,
): readonly Holder[] {
  let total = 0;
  const heavy: { readonly holder: Holder; readonly bytes: number }[] = [];
  for (const holder of holders) {
    const bytes = bytesOf(holder);
    if (bytes === 0) continue;
    total += bytes;
    heavy.push({ holder, bytes });
  }
  if (total <= limitBytes) return [];
  heavy.sort((one, other) => other.bytes - one.bytes);
  const leaving: Holder[] = [];
  for (const { holder, bytes } of heavy) {
    if (total <= limitBytes) break;
    leaving.push(holder);
    total -= bytes;
  }
  return leaving;
}
