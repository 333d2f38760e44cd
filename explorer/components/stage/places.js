// What stands beside which, view by view.

/** Adds place to a stage: puts its grids into the picture. */
function addPlaces(stage) {
  const { picture } = stage.nodes;
  const box = (className, ...inside) => { const node = element("div", className); node.append(...inside); return node; };
  const sign = (text) => Object.assign(element("span", "sign", text), { ariaHidden: "true" });

  /** `grid(name)` gives the node of a grid. */
  stage.place = (doc, grid) => {
    const back = !!doc.gradient, [first, last] = back ? ["gradient", "upstream"] : ["input", "output"];
    if (doc.view === "matrix") {
      const [matrix, vector, result] = back ? ["W", "vec_upstream", "vec_gradient"] : ["WT", "vec_input", "vec_output"];
      const side = box("side", box("top", box("pair", grid(first), grid("kernel")), grid(last)), ...(!back && doc.grids.W ? [grid("W")] : []));
      const overview = doc.thumbnails ? [stage.overview()] : [];
      const others = back ? doc.gradient.others : doc.channels.inputs.length - 1; // one block's product is only a part of the sum
      const rest = others ? [element("span", "rest", stage.texts.stage.rest.replace("{count}", others))] : [];
      picture.replaceChildren(...overview, grid(matrix), sign("·"), grid(vector), ...rest, sign("="), grid(result), side);
    } else if (doc.gather && picture.classList.contains("three"))
      picture.replaceChildren(box("pair", grid("input"), grid("kernel"), grid("flipped")), sign("→"), grid("zero_inserted"), sign("→"), grid(last));
    else if (doc.gather)
      picture.replaceChildren(box("pair", grid("input"), grid("kernel")), sign("→"), grid("zero_inserted"), sign("★"), grid("flipped"), sign("="), grid(last));
    else
      picture.replaceChildren(box("pair", grid(first), sign(back ? "=" : "×"), grid("kernel")), sign(back ? "★" : "→"), grid(last));
  };
}
