import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Browser, Page } from "@playwright/test";

/** How large each page stands in the picture, beside the others. */
const part = { width: 640, height: 400 };
const framesPerSecond = 5;

export interface Film {
  /** Ends it and writes what was seen, as WebM. */
  end(path: string): Promise<void>;
}

/**
 * Films pages side by side, each under its title. A page of its own puts the frames together and Chromium records it, so
 * nothing has to be installed for it.
 */
export async function startFilm(browser: Browser, cast: { title: string; page: Page }[]): Promise<Film> {
  const context = await browser.newContext();
  const studio = await context.newPage();
  await studio.evaluate(setUp, { titles: cast.map(({ title }) => title), part, framesPerSecond });
  for (const [index, { page }] of cast.entries()) {
    let drawing = false;
    await page.screencast.start({
      size: part,
      quality: 70,
      fps: framesPerSecond,
      async onFrame({ data }) {
        if (drawing) return; // the next one shows what this one would have
        drawing = true;
        // the studio may be closed already when the last frame comes
        await studio.evaluate(draw, { index, data: data.toString("base64") }).catch(() => {});
        drawing = false;
      },
    });
  }
  return {
    async end(path) {
      for (const { page } of cast) await page.screencast.stop();
      const film = await studio.evaluate(develop);
      await context.close();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.from(film, "base64"));
    },
  };
}

interface Studio {
  canvas: HTMLCanvasElement;
  recorder: MediaRecorder;
  pieces: Blob[];
  part: typeof part;
}

declare global {
  interface Window {
    studio?: Studio;
  }
}

/** In the studio: a canvas with a place for each page, and the recorder of it. */
function setUp(scene: { titles: string[]; part: typeof part; framesPerSecond: number }): void {
  const { titles, part, framesPerSecond } = scene;
  const canvas = document.createElement("canvas");
  canvas.width = part.width * titles.length;
  canvas.height = part.height + 24;
  document.body.append(canvas);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("There is nothing to draw on.");
  pen.fillStyle = "#222";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#fff";
  pen.font = "14px sans-serif";
  for (const [index, title] of titles.entries()) pen.fillText(title, index * part.width + 8, 17);
  const recorder = new MediaRecorder(canvas.captureStream(framesPerSecond), {
    mimeType: "video/webm;codecs=vp8",
    videoBitsPerSecond: 1_500_000,
  });
  const pieces: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.start(1_000);
  window.studio = { canvas, recorder, pieces, part };
}

async function draw({ index, data }: { index: number; data: string }): Promise<void> {
  const { studio } = window;
  if (!studio) return;
  const image = new Image();
  image.src = `data:image/jpeg;base64,${data}`;
  await image.decode();
  const { width, height } = studio.part;
  const scale = Math.min(width / image.width, height / image.height);
  const pen = studio.canvas.getContext("2d");
  pen?.clearRect(index * width, 24, width, height);
  pen?.drawImage(image, index * width, 24, image.width * scale, image.height * scale);
}

/** Gives the film in base64. */
async function develop(): Promise<string> {
  const { studio } = window;
  if (!studio) throw new Error("Nothing was filmed.");
  const ended = new Promise((resolve) => studio.recorder.addEventListener("stop", resolve));
  studio.recorder.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(studio.pieces).arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
