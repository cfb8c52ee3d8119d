import { useMutation } from '@tanstack/react-query'
import { Button, CopyButton, Dialog, Form, FormActions, Skeleton, TextField } from '@tollkeeper/ui'
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useRef, useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './second-factor-text.ts'

interface SetUpTotpDialogProps {
  onClose: () => void
  onDone: (answer: { backupCodes: string[] }) => void
}

/** The secret as a QR code and as text; a first code shows that the app has it. */
export function SetUpTotpDialog({ onClose, onDone }: SetUpTotpDialogProps) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const offer = useMutation(trpc.auth.secondFactor.offerTotp.mutationOptions())
  const confirm = useMutation(trpc.auth.secondFactor.confirmTotp.mutationOptions({ onSuccess: onDone }))
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    offer.mutate()
  }, [offer])
  const failure = confirm.error ? readFailure(confirm.error) : null
  const wrong = failure?.code === 'auth.second_factor_wrong' ? failure.title : undefined
  return (
    <Dialog open onOpenChange={onClose} title={text.dialog.title} description={text.dialog.scan}>
      {offer.error ? (
        <FailureNotice error={offer.error} onRetry={() => offer.mutate()} />
      ) : !offer.data ? (
        <Skeleton width="60%" />
      ) : (
        <>
          {/* dark on light in both themes, with its margin: not every camera reads it otherwise */}
          <div className="self-center overflow-hidden rounded-md">
            <QRCodeSVG
              value={offer.data.uri}
              size={224}
              marginSize={4}
              title={text.dialog.qr}
              role="img"
              bgColor="#ffffff"
              fgColor="#000000"
            />
          </div>
          <div className="flex flex-col gap-2">
            <p className="text-ink-muted">{text.dialog.type}</p>
            <div className="flex flex-wrap items-center gap-2">
              <code className="select-all break-all text-sm">{offer.data.secret}</code>
              <CopyButton text={offer.data.secret} size="small" variant="quiet" />
            </div>
          </div>
          <Form
            notice={failure && !wrong && <FailureNotice error={confirm.error} />}
            errors={{ code: missing ? text.dialog.codeMissing : wrong }}
            onSubmit={(values) => {
              const code = String(values.get('code') ?? '').trim()
              setMissing(code === '')
              if (code !== '' && !confirm.isPending) confirm.mutate({ code })
            }}
          >
            <TextField label={text.dialog.code} name="code" mono autoComplete="one-time-code" inputMode="numeric" autoFocus />
            <FormActions>
              <Button variant="primary" type="submit" busy={confirm.isPending}>
                {text.dialog.confirm}
              </Button>
              <Button variant="quiet" onClick={onClose}>
                {text.cancel}
              </Button>
            </FormActions>
          </Form>
        </>
      )}
    </Dialog>
  )
}
