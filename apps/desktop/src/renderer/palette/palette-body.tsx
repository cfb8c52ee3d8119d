import { classNames, Kbd } from '@tollkeeper/ui'
import { type KeyboardEvent, useId, useState } from 'react'
import { type Command, matching } from './command.ts'

export interface PaletteBodyProps {
  commands: readonly Command[]
  /** What the server found; already filtered. */
  records?: readonly Command[]
  search?: string
  onSearch?: (search: string) => void
  onClose: () => void
}

/** A combobox over a list: the focus stays in the field, arrows choose, Enter runs. */
export function PaletteBody({ commands, records = [], search, onSearch, onClose }: PaletteBodyProps) {
  const id = useId()
  const [ownSearch, setOwnSearch] = useState('')
  const [chosen, setChosen] = useState(0)
  const text = search ?? ownSearch
  const shown = [...matching(commands, text), ...records]
  const current = Math.min(chosen, Math.max(0, shown.length - 1))
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      const next = (current + step + shown.length) % shown.length
      setChosen(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      run(shown[current])
    }
  }
  return (
    <div className="flex max-h-[60vh] flex-col">
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${current}` : undefined}
        aria-label="Search or run a command"
        placeholder={onSearch ? 'Search people and tenants, or run a command' : 'Run a command'}
        value={text}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onKeyDown={move}
        onChange={(event) => {
          ;(onSearch ?? setOwnSearch)(event.currentTarget.value)
          setChosen(0)
        }}
        className="h-12 shrink-0 border-line border-b bg-transparent px-4 text-lg outline-none"
      />
      <div id={`${id}-list`} role="listbox" aria-label="Results" className="overflow-y-auto p-1.5">
        {shown.length === 0 && <p className="px-3 py-6 text-center text-ink-muted">Nothing is called that.</p>}
        {shown.map((command, index) => (
          <PaletteRow
            key={`${command.group}-${command.id}`}
            id={`${id}-${index}`}
            command={command}
            heading={shown[index - 1]?.group === command.group ? null : command.group}
            chosen={index === current}
            onPoint={() => setChosen(index)}
            onRun={() => run(command)}
          />
        ))}
      </div>
    </div>
  )
}

interface PaletteRowProps {
  id: string
  command: Command
  heading: string | null
  chosen: boolean
  onPoint: () => void
  onRun: () => void
}

function PaletteRow({ id, command, heading, chosen, onPoint, onRun }: PaletteRowProps) {
  return (
    <>
      {heading && <p className="px-2.5 pt-2 pb-1 text-ink-muted text-xs">{heading}</p>}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={chosen}
        onMouseMove={onPoint}
        onClick={onRun}
        onKeyDown={(event) => event.key === 'Enter' && onRun()}
        className={classNames(
          'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted',
          chosen && 'bg-surface-sunken',
        )}
      >
        <span className="grid size-6 shrink-0 place-items-center">{command.icon}</span>
        <span className="truncate">{command.label}</span>
        {command.detail && <span className="min-w-0 truncate text-ink-muted">{command.detail}</span>}
        {command.keys && (
          <span className="ml-auto flex shrink-0 gap-1">
            {command.keys.split(' ').map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </span>
        )}
      </div>
    </>
  )
}
