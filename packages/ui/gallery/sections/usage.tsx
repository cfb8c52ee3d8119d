import { DateTime, type DayAmount, DayBars, LocaleProvider, Meter, Money, Quantity, Sparkline, UsageBar } from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

const inThreeHours = new Date(Date.now() + 3 * 3600_000)
const reset = (
  <>
    Resets <DateTime value={inThreeHours} />
  </>
)

const days: DayAmount[] = Array.from({ length: 30 }, (_, index) => ({
  date: new Date(Date.UTC(2026, 10, 1 + index)).toISOString().slice(0, 10),
  amount: Math.round(26_000 + 21_000 * Math.sin(index / 2.3) + (index % 7 === 5 ? 9_000 : 0)),
}))

export function Usage() {
  return (
    <Section title="Usage and numbers">
      <Specimen name="Meter">
        <div className="flex flex-wrap gap-12">
          <Meter label="Characters today" value={<Quantity value={38_412} />} of="of 50,000" note={reset} />
          <Meter label="Revenue this month" value={<Money amountMinor={1_284_900} currency="cny" />} note="12 tenants pay" />
        </div>
      </Specimen>
      <Specimen name="UsageBar" wide>
        <div className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
          <UsageBar label="Characters" used={18_412} limit={50_000} forecast={41_000} unit="characters" reset={reset} />
          <UsageBar label="API calls" used={8_760} limit={10_000} forecast={13_200} unit="calls" reset={reset} />
          <UsageBar label="Storage" used={500} limit={500} unit="MB" />
          <UsageBar label="Concurrent tasks" used={1_340} limit={1_000} unit="tasks" forecast={1_600} reset={reset} />
          <UsageBar label="Seats" used={12} limit={null} unit="seats" />
          <UsageBar label="Glossaries" used={0} limit={0} unit="glossaries" />
          <UsageBar label="Events" used={0} limit={1_000} unit="events" />
          <UsageBar label="Large" used={9_007_199_254_740_993n} limit={9_907_199_254_740_993n} unit="units" />
        </div>
      </Specimen>
      <Specimen name="Money, Quantity, DateTime">
        <Money amountMinor={2900} currency="cny" />
        <Money amountMinor={-450} currency="usd" />
        <Money amountMinor={2900} currency="jpy" />
        <Money amountMinor={12_345} currency="kwd" />
        <Quantity value={50_000} unit="characters" />
        <Quantity value={null} />
        <DateTime value={inThreeHours} />
        <DateTime value="2026-12-01T00:00:00Z" show="absolute" />
      </Specimen>
      <Specimen name="In another language" wide>
        <LocaleProvider locale="zh-CN" timeZone="Asia/Shanghai">
          <div lang="zh-CN" className="grid max-w-md gap-2">
            <UsageBar
              label="字符"
              used={38_412}
              limit={50_000}
              reset={<DateTime value={inThreeHours} />}
              labels={{ of: (limit) => `/ ${limit}`, left: (remaining) => `还剩 ${remaining}` }}
            />
          </div>
        </LocaleProvider>
      </Specimen>
      <Specimen name="DayBars" wide>
        <DayBars label="Characters by day" days={days} unit="characters" limit={50_000} />
      </Specimen>
      <Specimen name="Sparkline">
        <Sparkline values={days.map((day) => day.amount)} label="Characters in the last 30 days" />
        <Sparkline values={[0, 0, 0]} label="Nothing yet" />
      </Specimen>
    </Section>
  )
}
