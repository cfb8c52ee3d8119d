import { useState } from 'react'
import {
  Button,
  Checkbox,
  ErrorNotice,
  Field,
  Form,
  FormActions,
  type FormErrors,
  PasswordField,
  SecretForm,
  SelectField,
  Switch,
  TextAreaField,
  TextField,
} from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

const expiries = [
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days', help: 'What most teams choose' },
  { value: '1y', label: 'A year' },
  { value: 'never', label: 'Never', help: 'Not for production' },
]

function SignUp() {
  const [errors, setErrors] = useState<FormErrors>({})
  return (
    <Form
      aria-label="Sign up"
      errors={errors}
      onSubmit={(values) =>
        setErrors(values.get('email') ? {} : { email: 'Enter your email address.', terms: 'Agree to the terms to go on.' })
      }
    >
      <TextField label="Email" name="email" type="email" autoComplete="email" help="We send a link to confirm it." />
      <PasswordField label="Password" name="password" autoComplete="new-password" help="At least 10 characters." />
      <Checkbox label="I agree to the terms" name="terms" />
      <FormActions>
        <Button variant="primary" type="submit">
          Create account
        </Button>
        <Button variant="quiet">Cancel</Button>
      </FormActions>
    </Form>
  )
}

export function Fields() {
  return (
    <Section title="Fields and forms">
      <div className="grid gap-12 sm:grid-cols-2">
        <Specimen name="Form" wide>
          <SignUp />
        </Specimen>
        <Specimen name="Secret" wide>
          <SecretForm
            kind="digits"
            label="Code of your authenticator app"
            missing="Enter the code."
            wrong="This code is not right, or was used before. Wait for the next one."
            submitLabel="Continue"
            others={<Button variant="quiet">Use a backup code</Button>}
            onSecret={() => undefined}
          />
        </Specimen>
        <Specimen name="Fields in their states" wide>
          <Form
            aria-label="Key"
            onSubmit={() => undefined}
            errors={{ prefix: 'That prefix is taken. Choose another.' }}
            notice={
              <ErrorNotice title="The key was not issued." code="quota.limit_reached" requestId="req_01JD7Q2W9R5T">
                You hold 5 of 5 keys. Revoke one, or upgrade to Pro.
              </ErrorNotice>
            }
          >
            <TextField label="Name" defaultValue="ci" help="Shown in the list of keys." />
            <TextField label="Prefix" name="prefix" defaultValue="tk_live" mono />
            <TextField label="Daily limit" type="number" defaultValue="50000" suffix="characters" optional />
            <SelectField label="Expires" name="expires" options={expiries} defaultValue="90d" />
            <SelectField label="Role" options={expiries} help="What the key may do." />
            <TextAreaField label="Note" optional placeholder="Who uses it, and for what" />
            <Field label="Warn at" help="Part of the limit." optional>
              {(control) => <input type="range" defaultValue={80} className="accent-accent" {...control} />}
            </Field>
            <TextField label="Tenant" defaultValue="ten_01JD7Q2W" mono disabled />
            <Checkbox label="Read" defaultChecked help="See keys and usage." />
            <Switch label="Hard stop at the limit" defaultChecked />
            <Switch label="Mail me at 80 %" help="Once a day at most." />
          </Form>
        </Specimen>
      </div>
    </Section>
  )
}
