// The page of layers on a Streamlit page.

import { createAskingHost } from "./asking.js";
import { createLayerPanel } from "./panel.js";

export const createLayerHost = (constants) => createAskingHost(".tconv-layer-host", createLayerPanel, constants);
