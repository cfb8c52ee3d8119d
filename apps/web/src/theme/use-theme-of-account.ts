import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { chooseTheme, type ThemeChoice, useToast } from '@tollkeeper/ui'
import { useCallback, useLayoutEffect } from 'react'
import { useTRPC } from '../api/trpc.ts'
import { adoptSavedTheme, knowsSavedTheme, noteSavedTheme } from './saved-theme.ts'
import { text } from './text.ts'

interface ThemeOfAccount {
  /** False while a browser that has not seen this account before should wait, so that nothing is painted in the wrong theme. */
  isKnown: boolean
  /** Shows a theme at once, and saves it for every device of the person. */
  choose: (choice: ThemeChoice) => void
}

/**
 * The theme that is saved with the account, shown on whatever device the person signs in.
 * @param isTheirs false: an operator acts as the person, and keeps a theme of their own
 */
export function useThemeOfAccount(isTheirs: boolean): ThemeOfAccount {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const queryKey = trpc.auth.account.preferences.queryKey()
  const preferences = useQuery(trpc.auth.account.preferences.queryOptions(undefined, { staleTime: 60_000 }))
  const saved = preferences.data?.theme
  useLayoutEffect(() => {
    if (isTheirs && saved) adoptSavedTheme(saved)
  }, [isTheirs, saved])
  const { mutate: save } = useMutation(
    trpc.auth.account.changePreferences.mutationOptions({
      // an answer that is on its way tells what was saved before
      onMutate: () => queries.cancelQueries({ queryKey }),
      onSuccess: (changed) => {
        noteSavedTheme(changed.theme)
        queries.setQueryData(queryKey, changed)
      },
      onError: () => toast({ title: text.hereOnly, detail: text.hereOnlyNext }),
    }),
  )
  const choose = useCallback(
    (theme: ThemeChoice) => {
      chooseTheme(theme)
      if (isTheirs) save({ theme })
    },
    [isTheirs, save],
  )
  return { isKnown: !isTheirs || !preferences.isPending || knowsSavedTheme(), choose }
}
