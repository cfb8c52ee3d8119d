import {
  Breadcrumb,
  Button,
  Kbd,
  PageHeader,
  ProgressSteps,
  Skeleton,
  StatusBadge,
  SubPages,
  Tabs,
  ThemeSwitch,
  useTheme,
} from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

export function Layout() {
  const [theme, chooseTheme] = useTheme()
  return (
    <Section title="Layout and movement">
      <Specimen name="PageHeader" wide>
        <PageHeader
          breadcrumb={
            <Breadcrumb>
              <a href="#tenants">Tenants</a>
              <a href="#acme">Acme Translations</a>
              API keys
            </Breadcrumb>
          }
          title="API keys"
          badge={<StatusBadge tone="info">Sandbox</StatusBadge>}
          description="Keys let your programs act for this tenant."
          secondary={<Button>Read the docs</Button>}
          action={<Button variant="primary">Issue key</Button>}
        />
      </Specimen>
      <Specimen name="SubPages" wide>
        <SubPages label="Your account">
          <a href="#profile">Profile</a>
          <a href="#security" aria-current="page">
            Sign-in and security
          </a>
        </SubPages>
      </Specimen>
      <Specimen name="Tabs" wide>
        <Tabs
          label="Members"
          tabs={[
            { value: 'members', label: 'Members', count: '12', content: <p>Twelve people.</p> },
            { value: 'invitations', label: 'Invitations', count: '2', content: <p>Two are waiting.</p> },
            { value: 'requests', label: 'Requests', content: <p>Nobody asks to join.</p> },
          ]}
        />
      </Specimen>
      <Specimen name="ProgressSteps" wide>
        <ProgressSteps
          label="Moving tenants to Pro v2"
          onCancel={() => undefined}
          steps={[
            { label: 'Check who loses something', state: 'done' },
            { label: 'Move 480 tenants', state: 'current', note: '212 of 480' },
            { label: 'Tell their owners', state: 'failed', note: 'The mail server refused. It is tried again in a minute.' },
            { label: 'Write the report', state: 'waiting' },
          ]}
        />
      </Specimen>
      <Specimen name="ThemeSwitch and Kbd">
        <ThemeSwitch value={theme} onValueChange={chooseTheme} />
        <span>
          Press <Kbd>Ctrl K</Kbd> to search, <Kbd>?</Kbd> for all keys
        </span>
      </Specimen>
      <Specimen name="Skeleton" wide>
        <div aria-busy="true" className="flex flex-col gap-2">
          <Skeleton width="30%" />
          <Skeleton />
          <Skeleton width="8rem" shape="control" />
        </div>
      </Specimen>
    </Section>
  )
}
