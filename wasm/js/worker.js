/** The worker of pages that load the package from their own origin. */
import { serve } from "./worker/serve.js";

serve({
  engine: new URL("../pkg/engine_bg.wasm", import.meta.url),
  sheets: new URL("../pkg/sheets_bg.wasm", import.meta.url),
});
