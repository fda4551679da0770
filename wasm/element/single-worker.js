/** The worker of the single-file build: the page sends it its files. */
import { serve } from "../js/worker/serve.js";

serve();
