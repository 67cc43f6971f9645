import type { Outputs } from "../../../lib/trpc.ts";

export type Metrics = Outputs["qualityAssurance"]["metrics"];
export type Calibration = Metrics["calibration"];
