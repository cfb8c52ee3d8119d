import { useEffect, useState } from 'react'

/** What a dialog is about, kept while it closes, so that it does not empty itself in view. */
export function useShown<Subject>(subject: Subject | null): Subject | null {
  const [shown, setShown] = useState(subject)
  useEffect(() => {
    if (subject !== null) setShown(subject)
  }, [subject])
  return subject ?? shown
}
