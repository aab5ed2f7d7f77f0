/** Draws the icons of the Teams app: `npm run icons` writes manifest/color.png and manifest/outline.png. */
import { writeFileSync } from 'node:fs';
import { PROCESS, run } from './commandLine.ts';
import { drawIcons } from './teamsApp/drawIcons.ts';

const FOLDER = new URL('../../manifest/', import.meta.url);

if (import.meta.main)
  await run(
    { name: 'icons', about: 'Draws manifest/color.png and manifest/outline.png.', fails: 'never', options: {} },
    async () => {
      const { color, outline } = drawIcons();
      writeFileSync(new URL('color.png', FOLDER), color);
      writeFileSync(new URL('outline.png', FOLDER), outline);
      PROCESS.say('manifest/color.png and manifest/outline.png are drawn.');
      return 0;
    },
  );
