// What goes to the page's server, and what comes back.

async function send(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

// post sends JSON, and returns the JSON of the answer.
export const post = async (path, body) => (await send(path, body)).json();

// converse posts an interaction. It returns the exchange, and what brings the edits of a message that the reply
// promised: the server sends a line for each.
export async function converse(request) {
  const lines = linesOf((await send("interactions", request)).body);
  const { value } = await lines.next();
  return { exchange: JSON.parse(value), edits: lines };
}

// linesOf brings the lines of a stream as they come.
async function* linesOf(stream) {
  let rest = "";
  for (const reader = stream.pipeThrough(new TextDecoderStream()).getReader(); ;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : lines.pop();
    yield* lines.filter(Boolean);
    if (done) return;
  }
}

// savable returns a file that the server sent as an address to save it from.
export function savable({ type, content }) {
  return URL.createObjectURL(new Blob([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], { type }));
}

// attached returns a file that a member chose as an interaction tells of it. Its address holds the file, for there is
// nobody to keep it.
export async function attached(file, id) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  const url = `data:application/octet-stream;base64,${btoa(text)}`;
  return { id, filename: file.name, size: file.size, content_type: file.type || "application/octet-stream", ephemeral: true, url, proxy_url: "" };
}
