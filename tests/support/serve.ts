/** The server as a program, on a folder of lessons and labs that a test has made: `serve.ts <folder> [flags]`. */
import { readConfig } from '../../server/config.ts';
import { serve } from '../../server/main.ts';

const [root = '', ...flags] = process.argv.slice(2);
await serve({ config: readConfig(flags, process.env), root, siteFolder: undefined });
