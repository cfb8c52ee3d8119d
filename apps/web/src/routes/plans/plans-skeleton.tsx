import { Skeleton } from '@tollkeeper/ui'

const cards = [0, 1, 2, 3]
const lines = ['70%', '55%', '80%', '60%', '65%']

/** The plans while they are on their way, in their real size. */
export function PlansSkeleton() {
  return (
    <div aria-busy="true" className="grid grid-cols-[repeat(auto-fit,minmax(min(13.5rem,100%),1fr))] gap-4">
      {cards.map((card) => (
        <div key={card} className="flex flex-col gap-5 rounded-md border border-line bg-surface-raised p-5">
          <Skeleton width="40%" />
          <Skeleton width="60%" shape="control" />
          <Skeleton shape="control" />
          {lines.map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
      ))}
    </div>
  )
}
