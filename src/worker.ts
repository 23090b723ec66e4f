import { serve, type Scope } from "./host/serve.ts";

serve(self as unknown as Scope);
