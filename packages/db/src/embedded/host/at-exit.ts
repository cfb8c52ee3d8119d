const tasks = new Set<() => void>()

/**
 * Runs the (synchronous) task when this process exits, unless the returned function has taken it back before. A process
 * killed outright runs nothing.
 */
export function atExit(task: () => void): () => void {
  if (tasks.size === 0) process.on('exit', runAll)
  tasks.add(task)
  return () => {
    tasks.delete(task)
    if (tasks.size === 0) process.removeListener('exit', runAll)
  }
}

function runAll(): void {
  for (const task of tasks) task()
}
