import { graphql } from '@orderloom/client';

export const tasksChanged = graphql(`
  subscription TasksChanged {
    tasksChanged {
      taskIds
    }
  }
`);
