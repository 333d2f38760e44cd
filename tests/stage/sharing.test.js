import { packed, unpacked } from "../../explorer/stage/sharing.js";
import { equal, test } from "./testing.js";

test("a text comes back from its letters, which a link leaves as they are", async () => {
  const text = JSON.stringify({ title: "Größe · 反卷积", states: Array(40).fill("?stride=2&padding=1") });
  const letters = await packed(text);
  equal(/^[A-Za-z0-9_-]+$/.test(letters), true);
  equal(letters.length < text.length / 4, true);
  equal(await unpacked(letters), text);
});

test("what is no packed text is none", async () => {
  for (const letters of ["", "%%%", "AAAA", (await packed("a".repeat(200))).slice(0, -3)]) equal(await unpacked(letters), null, letters);
});

test("a text that unpacks to too much is none", async () => {
  equal(await unpacked(await packed("a".repeat(1_000_001))), null);
  equal((await unpacked(await packed("a".repeat(1_000_000)))).length, 1_000_000);
});
