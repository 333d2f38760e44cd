// A picture in every way, side by side: one zoom for all, their numbers and their spectra.

import { box, element } from "../../stage/dom.js";
import { filled } from "../../stage/language.js";
import { list } from "./controls.js";
import { createZoom } from "./zoom.js";

export function createGallery(context) {
  const { words } = context;
  const show = list(context, "show"), text = element("p", "quiet"), tiles = box("tiles"), none = element("p", "none");
  const help = element("p", "quiet help");
  const zoom = createZoom(context, tiles);
  const node = element("section", "gallery");
  node.append(
    box("gallery-head", element("h2", "", words.gallery), text, zoom.tools, show.node), none, tiles, help,
  );
  node.dataset.testid = "gallery";
  const made = new Map();

  const image = (className, alt) =>
    Object.assign(element("img", className), { alt, decoding: "sync", draggable: false });
  function create({ name, title }) {
    const picture = image("picture", title), spectrum = image("spectrum", filled(words.spectrum, { title }));
    const rings = box("rings"), facts = element("dl"), cost = element("p", "cost"), heading = element("h3", "", title);
    const tile = element("figure", `tile ${name}`);
    tile.dataset.testid = `tile-${name}`;
    const caption = element("figcaption");
    caption.append(heading);
    tile.append(caption, box("window", picture), box("numbers", box("spectrum-box", spectrum, rings), facts), cost);
    return { tile, picture, spectrum, rings, facts, cost, heading, marks: "" };
  }
  function fill(one, { image: source, size, spectrum, rings, facts, cost, about, title }) {
    one.heading.title = about;
    one.picture.src = source;
    one.picture.alt = filled(words.picture_text, { title, about });
    one.tile.style.setProperty("--shape", `${size[1]} / ${size[0]}`);
    one.spectrum.src = spectrum;
    const marks = JSON.stringify(rings);
    if (marks !== one.marks) {
      one.rings.replaceChildren(...rings.map(([row, column]) => {
        const ring = element("i");
        ring.style.setProperty("--row", `${100 * row}%`);
        ring.style.setProperty("--column", `${100 * column}%`);
        return ring;
      }));
      one.marks = marks;
    }
    one.facts.replaceChildren(...facts.flatMap(({ label, value, title: hint }) => {
      const name = element("dt", "", label);
      if (hint) name.title = hint;
      return [name, element("dd", "", value)];
    }));
    one.cost.textContent = cost;
  }

  return {
    node,
    fill() {
      show.fill();
      zoom.fill();
    },
    draw({ gallery, state }) {
      none.hidden = gallery.tiles.length > 0;
      tiles.hidden = !none.hidden;
      (none.hidden ? text : none).textContent = gallery.text;
      text.hidden = !none.hidden;
      const isDifference = state.show === "difference" && none.hidden;
      const about = isDifference ? [words.difference_help] : [];
      help.textContent = [gallery.proof, words.spectrum_help, ...about].join(words.joints.sentences);
      help.hidden = !none.hidden;
      for (const tile of gallery.tiles) {
        if (!made.has(tile.name)) {
          made.set(tile.name, create(tile));
          tiles.append(made.get(tile.name).tile);
        }
        fill(made.get(tile.name), tile);
      }
    },
    dispose: () => zoom.dispose(),
  };
}
