import { useNavigate } from '@tanstack/react-router'
import { Avatar, DropdownMenu, type ThemeChoice, useTheme, useToast } from '@tollkeeper/ui'
import { Check, LogOut, UserRound } from 'lucide-react'
import { readFailure } from '../api/failure.ts'
import { useSession } from '../session/session.ts'
import { text } from './text.ts'

const themes: readonly ThemeChoice[] = ['light', 'dark', 'system']

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { user, chooseTheme, signOut } = useSession()
  const [theme] = useTheme()
  const toast = useToast()
  const navigate = useNavigate()
  const leave = () =>
    signOut().catch((error: unknown) => {
      toast({ title: text.signOutFailed, detail: readFailure(error).next })
    })
  return (
    <DropdownMenu
      heading={
        <span className="flex max-w-60 flex-col">
          <span className="truncate text-ink">{user.name}</span>
          <span className="truncate">{user.email}</span>
        </span>
      }
      trigger={
        <button
          type="button"
          className="flex size-control items-center justify-center rounded-full transition-colors hover:bg-surface-sunken"
        >
          <Avatar name={user.name} size="small" {...(user.avatar ? { imageUrl: user.avatar } : {})} />
          <span className="sr-only">{text.account(user.name)}</span>
        </button>
      }
      items={[
        { label: text.yourAccount, icon: <UserRound aria-hidden="true" />, onSelect: () => void navigate({ to: '/account' }) },
        ...themes.map((choice, index) => ({
          label: text.theme[choice],
          icon: choice === theme ? <Check aria-hidden="true" /> : <span aria-hidden="true" className="size-4" />,
          separated: index === 0,
          onSelect: () => chooseTheme(choice),
        })),
        { label: text.signOut, icon: <LogOut aria-hidden="true" />, separated: true, onSelect: () => void leave() },
      ]}
    />
  )
}
