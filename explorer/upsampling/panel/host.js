// The page of upsampling on a Streamlit page.

import { createAskingHost } from "../../networks/panel/asking.js";
import { createUpsamplePanel } from "./panel.js";

export const createUpsampleHost = (constants) =>
  createAskingHost(".tconv-upsample-host", createUpsamplePanel, constants);
