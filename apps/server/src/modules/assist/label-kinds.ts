/** What examples may teach. */
export const labelKinds = ["intent", "severity", "sentiment"] as const;
export type LabelKind = (typeof labelKinds)[number];
