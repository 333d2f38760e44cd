// Hover, pin and keyboard focus: which cell is traced.

/** Adds setPin, moveTraced, pinCurrent and listen to a stage. */
function addTracing(stage) {
  let before = ""; // the pin before the click, should it become a double-click
  let freed = ""; // the cell just freed by a click: it is not traced again until the pointer leaves it

  const nameOf = (grid, at) => {
    const name = at ? nameAt(stage.doc, stage.tables, grid.name, ...at, stage.shownChannel()) : "";
    return name && exists(stage.doc, name) ? name : "";
  };
  const hover = (name) => {
    if (name !== freed) freed = "";
    if (name === freed && name) return;
    if (name === stage.hover || stage.laying) return;
    stage.hover = name;
    if (!stage.pin) stage.draw();
  };
  stage.setPin = (name) => {
    Object.assign(stage, { pin: name, hover: "" });
    stage.draw();
    stage.writeAddress();
  };
  stage.pinCurrent = () => stage.setPin(nameOf(stage.focused, stage.focused.current));

  /** Move the traced cell within its grid: the one that has the focus or had it last, if it shows that cell. */
  stage.moveTraced = (down, right) => {
    const traced = stage.pin || stage.hover || (stage.step ? cellOfStep(stage.doc, stage.tables, stage.step) : "");
    let grid = stage.grids.get(stage.focused?.name);
    if (traced && (!grid || nameOf(grid, grid.current) !== traced)) {
      const [name, at] = placeOf(stage.doc, traced);
      grid = stage.grids.get(name) ?? grid;
      grid.current = at;
      stage.focused = grid;
    }
    grid ??= stage.grids.get("output") ?? stage.grids.get("upstream");
    const [row, column] = grid.current;
    if (traced) grid.current = [between(0, row + down, grid.rows - 1), between(0, column + right, grid.columns - 1)];
    const name = nameOf(grid, grid.current);
    if (name) stage.setPin(name);
    if (grid.editable && grid.layer.contains(document.activeElement)) grid.box(...grid.current)?.focus();
  };

  stage.listen = (grid) => {
    const { layer } = grid;
    layer.addEventListener("pointermove", (event) => event.pointerType !== "touch" && hover(nameOf(grid, grid.at(event))));
    layer.addEventListener("pointerleave", () => hover(""));
    layer.addEventListener("click", (event) => {
      if (event.target === stage.editing?.box) return;
      const name = nameOf(grid, grid.at(event));
      if (!name) return;
      Object.assign(grid, { current: grid.at(event) });
      if (event.detail < 2) before = stage.pin;
      else if (grid.editable) return stage.setPin(before); // a double-click edits: what was pinned stays
      stage.focused = grid;
      freed = stage.pin === name ? name : "";
      stage.setPin(freed ? "" : name);
    });
    layer.addEventListener("focusin", (event) => {
      const { row, column } = event.target.dataset;
      if (row !== undefined) grid.current = [Number(row), Number(column)];
      stage.focused = grid;
      if (!stage.pin && !stage.editing && !stage.laying && event.target.matches(":focus-visible") && !layer.matches(":hover")) {
        stage.hover = nameOf(grid, grid.current);
        stage.draw();
      }
    });
    layer.addEventListener("focusout", () => !layer.matches(":hover") && hover(""));
    if (grid.editable) stage.listenToEdits(grid);
    return grid;
  };
}
