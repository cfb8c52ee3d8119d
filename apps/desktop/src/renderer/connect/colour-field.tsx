import { classNames } from '@tollkeeper/ui'
import { type ConnectionColour, connectionColours } from '../../bridge/connection.ts'
import { colourNames, fillOf } from '../frame/connection-colour.ts'

/** The colour of the strip: native radio buttons, so arrows and a screen reader work. */
export function ColourField({ value, onChange }: { value: ConnectionColour; onChange: (colour: ConnectionColour) => void }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 flex w-full items-baseline justify-between font-medium">
        Colour <span className="font-normal text-ink-muted text-xs">{colourNames[value]}</span>
      </legend>
      <div className="flex gap-2">
        {connectionColours.map((colour) => (
          <label
            key={colour}
            title={colourNames[colour]}
            className="relative grid size-7 cursor-pointer place-items-center rounded-full has-checked:ring-2 has-checked:ring-ink has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-4"
          >
            <input
              type="radio"
              name="colour"
              value={colour}
              checked={value === colour}
              onChange={() => onChange(colour)}
              aria-label={colourNames[colour]}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span aria-hidden="true" className={classNames('size-5 rounded-full', fillOf[colour])} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
