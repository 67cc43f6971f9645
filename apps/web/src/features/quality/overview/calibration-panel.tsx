import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { buttonClass, Panel, Skeleton } from "../../../ui/index.ts";
import type { Calibration } from "./metrics.ts";
import { overviewStrings } from "./strings.ts";

const CalibrationChart = lazy(() => import("./calibration-chart.tsx"));

/** Stated confidence against how many answers people found right. */
export function CalibrationPanel({ calibration }: { calibration: Calibration }) {
  const t = useT(overviewStrings);
  const format = useFormat();
  const judged = calibration.filter((bucket) => bucket.judged > 0);
  return (
    <Panel title={t("calibration.title")} description={t("calibration.text")}>
      {judged.length === 0 ? (
        <div className="flex flex-col items-start gap-3">
          <p className="text-13 text-ink-2">{t("calibration.none")}</p>
          <Link to="/quality" search={{ tab: "reviews" }} className={buttonClass("secondary", "sm")}>
            {t("calibration.action")}
          </Link>
        </div>
      ) : (
        <>
          <div aria-hidden>
            <Suspense fallback={<Skeleton className="h-56" />}>
              <CalibrationChart
                calibration={judged}
                percent={format.percent}
                words={{
                  found: t("calibration.found"),
                  ideal: t("calibration.ideal"),
                  stated: t("calibration.stated"),
                }}
              />
            </Suspense>
          </div>
          <table className="mt-3 w-full text-13">
            <thead>
              <tr className="text-ink-3">
                <th scope="col" className="py-1 text-start font-medium">
                  {t("calibration.stated")}
                </th>
                <th scope="col" className="px-2 py-1 text-end font-medium">
                  {t("calibration.found")}
                </th>
                <th scope="col" className="py-1 text-end font-medium">
                  {t("calibration.judged")}
                </th>
              </tr>
            </thead>
            <tbody>
              {judged.map((bucket) => (
                <tr key={bucket.from} className="border-t border-line tabular-nums">
                  <th scope="row" className="py-1 text-start font-normal">
                    <bdi>
                      {format.percent(bucket.from)} – {format.percent(bucket.to)}
                    </bdi>
                  </th>
                  <td className="px-2 py-1 text-end">{format.percent(bucket.rightShare ?? 0)}</td>
                  <td className="py-1 text-end">{format.number(bucket.judged)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Panel>
  );
}
