/*
 * The floor: Socket.IO and nothing else. What one client says all who listen hear; nobody is asked who they are, and
 * nothing is kept, unless DATABASE_URL names a PostgreSQL: then each message is one committed row before it is told.
 *
 *   PORT=3988 [DATABASE_URL=…] node bench/live/relay.ts
 */
import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";

const url = process.env.DATABASE_URL;
const pool = url ? new pg.Pool({ connectionString: url, max: 10 }) : null;
await pool?.query("create table if not exists relayed (id bigint generated always as identity, text text)");

const http = createServer();
const io = new Server(http, { serveClient: false });
io.on("connection", (socket) => {
  if (socket.handshake.auth.listens === true) void socket.join("listeners");
  socket.on("say", async (text: string, done: () => void) => {
    await pool?.query("insert into relayed (text) values ($1)", [text]);
    io.to("listeners").emit("said", text);
    done();
  });
});
http.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
