import { Button, DateTime, KeyValueList, Notice } from '@tollkeeper/ui'
import type { Answers } from '../../api/answers.ts'
import { knowsPasskeys } from '../../ways-in/passkey.ts'
import { text } from './second-factor-text.ts'
import { TurnOnPasskeys } from './turn-on-passkeys.tsx'

/** What the person is asked about before it is done. */
export type Asking = 'set-up' | 'totp' | 'passkey' | 'renew'

interface SecondFactorStandingProps {
  factor: Answers['auth']['secondFactor']['read']
  ask: (what: Asking) => void
  onTurnedOn: (answer: { backupCodes: string[] }) => void
  /** To set it up is what the person is here for. */
  isTask: boolean
}

/** How it stands, and what can be done about it. */
export function SecondFactorStanding({ factor, ask, onTurnedOn, isTask }: SecondFactorStandingProps) {
  const { enabled, totpSince, passkeysSince, passkeys, requiredBy } = factor
  const setUp = (
    <Button variant={isTask && !enabled ? 'primary' : 'secondary'} onClick={() => ask('set-up')}>
      {text.setUp}
    </Button>
  )
  if (!enabled) {
    return (
      <>
        {requiredBy.length > 0 && (
          <Notice tone="warning" title={text.requiredBy(requiredBy.join(', '))}>
            {text.requiredBody}
          </Notice>
        )}
        {passkeys > 0 && knowsPasskeys() ? <TurnOnPasskeys beside={setUp} onDone={onTurnedOn} /> : <div>{setUp}</div>}
      </>
    )
  }
  return (
    <>
      <Facts factor={factor} />
      <div className="flex flex-wrap gap-2">
        {!totpSince && setUp}
        <Button onClick={() => ask('renew')}>{text.renew}</Button>
        {totpSince && (
          <Button variant="danger" onClick={() => ask('totp')}>
            {text.remove[passkeysSince ? 'totp' : 'all'].button}
          </Button>
        )}
        {passkeysSince && (
          <Button variant="danger" onClick={() => ask('passkey')}>
            {text.remove[totpSince ? 'passkey' : 'all'].button}
          </Button>
        )}
      </div>
    </>
  )
}

const FEW = 3

function Facts({ factor }: Pick<SecondFactorStandingProps, 'factor'>) {
  const { totpSince, passkeysSince, passkeys, backupCodesLeft } = factor
  return (
    <KeyValueList
      items={[
        { label: text.app, value: totpSince ? <Since what={text.appSince} at={totpSince} /> : text.noApp },
        {
          label: text.passkeys,
          value: (
            <>
              {text.passkeysServe(passkeys)}
              {passkeysSince && (
                <>
                  , <Since what={text.passkeysSince} at={passkeysSince} />
                </>
              )}
            </>
          ),
        },
        {
          label: text.codesLeft,
          value: backupCodesLeft < FEW ? `${backupCodesLeft}. ${text.fewCodes}` : String(backupCodesLeft),
        },
      ]}
    />
  )
}

function Since({ what, at }: { what: string; at: string }) {
  return (
    <>
      {what} <DateTime value={at} />
    </>
  )
}
