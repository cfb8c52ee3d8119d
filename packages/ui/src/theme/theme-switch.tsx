import { Monitor, Moon, Sun } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import type { ThemeChoice } from './theme.ts'

export interface ThemeSwitchLabels extends Record<ThemeChoice, string> {
  group: string
}

export const themeSwitchLabels: ThemeSwitchLabels = { group: 'Theme', light: 'Light', dark: 'Dark', system: 'System' }

export interface ThemeSwitchProps {
  value: ThemeChoice
  onValueChange: (choice: ThemeChoice) => void
  labels?: Partial<ThemeSwitchLabels>
}

const choices = [
  { value: 'light', Icon: Sun },
  { value: 'dark', Icon: Moon },
  { value: 'system', Icon: Monitor },
] as const

/** Light, dark, or as the machine has it. `useTheme` keeps the choice. */
export function ThemeSwitch({ value, onValueChange, labels }: ThemeSwitchProps) {
  const words = { ...themeSwitchLabels, ...labels }
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(chosen) => {
        const choice = choices.find((candidate) => candidate.value === chosen)
        if (choice) onValueChange(choice.value)
      }}
      aria-label={words.group}
      className="inline-flex rounded-md border border-line bg-surface-sunken p-0.5"
    >
      {choices.map(({ value: choice, Icon }) => (
        <ToggleGroup.Item
          key={choice}
          value={choice}
          className="inline-flex min-h-control-small flex-1 items-center justify-center gap-1 rounded-sm px-1.5 text-ink-muted text-sm transition-colors hover:text-ink data-[state=on]:bg-surface-raised data-[state=on]:text-ink data-[state=on]:ring-1 data-[state=on]:ring-line"
        >
          <Icon aria-hidden="true" className="size-3.5" />
          {words[choice]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
