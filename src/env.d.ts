import type { LessonPage } from './lesson/courses.ts';

declare global {
  namespace App {
    interface Locals {
      /** The lesson whose page is being built; the components in its text look themselves up here. */
      lesson?: LessonPage;
    }
  }
}
