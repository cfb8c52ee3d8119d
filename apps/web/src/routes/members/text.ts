export const text = {
  title: 'Members',
  description: (tenant: string) => `Everyone who acts for ${tenant}, and what each may do.`,
  columns: { name: 'Name', email: 'Email', role: 'Role', joined: 'Joined' },
  you: 'You',
  empty: 'Members are listed here.',
}
